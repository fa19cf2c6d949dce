"""Entering a request by hand, and who may open it."""
