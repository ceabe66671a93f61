"""The documents of the plugin `cms_five_star`."""
