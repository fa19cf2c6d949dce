"""What goes to and fro: mails, and the conversation behind the access code."""
