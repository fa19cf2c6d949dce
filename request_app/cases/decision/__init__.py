"""What was decided, what is undecided, and which recipients must be notified."""
