"""The documents of the plugin `cqc_provider`."""
