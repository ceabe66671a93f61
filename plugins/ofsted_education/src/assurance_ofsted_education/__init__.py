"""The documents of the plugin `ofsted_education`."""
