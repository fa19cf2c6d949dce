"""The page of a case, its steps and its history."""
