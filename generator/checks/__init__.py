"""What the law asks of a notice and it leaves unsaid, and where it is at odds."""
