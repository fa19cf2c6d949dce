"""The content of an organisation: its model, the reader, and the law pack."""
