"""Receiving requests: by the form or entered by staff; suspected spam is set aside."""
