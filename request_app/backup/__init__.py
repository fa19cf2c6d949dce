"""Back-ups: one sealed file with everything but the private keys, for either database.

`docs/backups.md` has the format. The file is sealed to the recovery key: the server
makes it but cannot open it; only the code on paper does.
"""
