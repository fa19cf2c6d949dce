"""What every page of the desk stands on."""
