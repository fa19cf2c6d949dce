"""The public form: requests are taken, and followed with an access code.

No cookie, no session, no script; what a person writes goes from page to page in the
page itself, and is kept only when it is sent.
"""
