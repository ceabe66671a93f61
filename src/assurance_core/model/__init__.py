"""Frozen values: what is assessed, how it is rated, and what came out."""
