"""Extending the deadline, and notifying the person of a delay."""
