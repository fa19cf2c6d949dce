"""The public form, on which people make a request and follow it with an access code.

It uses no cookie, session or script. What a person writes is carried from page to page
in hidden fields and stored only when the request is sent.
"""
