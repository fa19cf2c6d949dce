"""Searching the places where data of the person may be."""
