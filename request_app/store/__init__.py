"""What is kept, and the functions over a connection that keep it."""
