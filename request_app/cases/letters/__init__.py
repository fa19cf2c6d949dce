"""The letters of a case: composed, checked, sent and archived."""
