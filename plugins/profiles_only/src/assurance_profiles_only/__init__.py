"""The documents of the plugin `profiles_only`."""
