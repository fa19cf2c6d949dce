"""Messages: mails, and the conversation behind the access code."""
