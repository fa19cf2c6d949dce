"""What every page of the form and the desk shares: headers, limits, errors."""
