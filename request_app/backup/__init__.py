"""Back-ups: one sealed file with everything but private keys, for either database.

`docs/backups.md` has the format. The file is sealed to the recovery key: the server
makes it and cannot open it, and only the code on paper does.
"""
