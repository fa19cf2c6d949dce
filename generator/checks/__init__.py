"""The check: what is missing from a notice by law, or vague, or contradictory."""
