"""Seloste's requests: taken, queued and answered."""
