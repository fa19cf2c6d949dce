"""What all pages of the desk share: access, sessions, forms, labels, rendering."""
