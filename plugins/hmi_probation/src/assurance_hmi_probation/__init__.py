"""The documents of the plugin `hmi_probation`."""
