"""Verifying the identity of the requester, and asking them."""
