"""The documents of the plugin `ofsted_sccif`."""
