"""The queue, finding a case by its reference, and the yearly report."""
