"""The metrics of the scorecard, one file a family."""
