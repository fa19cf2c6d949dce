"""Signing in, and what staff change of their own account."""
