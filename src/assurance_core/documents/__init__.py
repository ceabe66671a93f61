"""JSON and YAML in and out: strict schemas, line numbers in errors, patches."""
