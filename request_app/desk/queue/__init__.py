"""The queue, the way to a case, and the report of a year."""
