"""The database: its tables, and functions that read and write them."""
