"""The notice of the day of receipt, as the handling of a case needs it."""
