"""Verifying the requester’s identity, and questions to the requester."""
