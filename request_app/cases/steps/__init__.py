"""The steps of a case: what each records, what it changes, what the law asks before it."""
