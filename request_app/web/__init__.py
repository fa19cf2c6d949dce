"""What form and desk share: fields, errors, headers, style sheets."""
