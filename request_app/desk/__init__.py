"""The desk: pages on which staff sign in and answer requests."""
