"""What happens to a case, from its receipt on."""
