"""The documents of the plugin `area_send`."""
