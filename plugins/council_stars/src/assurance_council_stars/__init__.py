"""The documents of the plugin `council_stars`."""
