"""What the notice of the day of receipt says, as the handling of a case needs it."""
