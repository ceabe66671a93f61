"""The conformance kit: what every plugin is held to, by pytest or by `assurance check-plugin`."""
