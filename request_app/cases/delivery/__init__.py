"""Delivering an answer: packing, sending and fetching it with a code."""
