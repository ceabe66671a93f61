"""Rating designs of regulators as data: evaluated exactly, traced, compared."""
