"""What the form and the desk share: fields, errors, headers, style sheets."""
