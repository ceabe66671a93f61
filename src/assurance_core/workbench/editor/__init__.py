"""A design as a form: generated from its document and the schemas of its steps."""
