"""What is kept of a case, shown of it and deleted in the end."""
