"""More time, and an answer that is late."""
