"""Verifying that the requester is the person whose data they are."""
