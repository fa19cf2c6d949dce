"""Writing the answer, sending it and following its delivery."""
