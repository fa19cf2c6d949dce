"""What was decided, what is still open, and which recipients are to be notified."""
