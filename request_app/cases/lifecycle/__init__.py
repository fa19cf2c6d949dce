"""The life of a case: opening it, taking steps in it, and what to do next."""
