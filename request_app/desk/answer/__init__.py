"""Writing the answer, sending it, and seeing that it arrives."""
