"""One file for each question asked of designs."""
