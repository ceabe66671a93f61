"""A design as one SQL statement for DuckDB, PostgreSQL and SQLite."""
