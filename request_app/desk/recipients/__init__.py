"""Notifying the recipients of data that changed."""
