"""Deciding on each right, and restricting the use of data."""
