"""Examining an installation: each finding is a sentence without personal data."""
