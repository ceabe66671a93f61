"""Pictures for reports: tables with shades and SVG, each with the same in words beside it."""
