"""The steps of a case: what each records and changes, and what the law requires."""
