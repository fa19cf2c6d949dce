"""Made-up members of staff, and the ways they come in."""

import secrets

from request_app.auth import account_admin, passwords, totp, visits
from request_app.sealing import places, seal
from request_app.store import accounts
from request_app.store.accounts import Account
from request_app.store.database import writing
from request_app.store.values import Role
from request_app.web.services import NAME, now

WORDS = "seitsemän hiljaista veljestä"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def hire(app, name="aino", role=Role.HANDLER, language="fi"):
    """An account with a password and a second factor."""
    parts = app.extensions[NAME]
    account = Account(
        id=secrets.token_hex(16),
        name=name,
        role=role,
        language=language,
        created_at=now(),
        password_hash=passwords.hash_of(WORDS),
        totp_since=now(),
    )
    sealed = seal(
        KEY.encode(), key=parts.sealing_key(), place=places.totp_secret(account.id)
    )
    with writing(parts.engine) as connection:
        assert accounts.add(connection, account)
        accounts.change(connection, account.id, totp_secret=sealed)
    return account


def sign_in_quickly(app, account):
    """The token of a session, past all pages."""
    with writing(app.extensions[NAME].engine) as connection:
        begun = visits.begin(
            connection, account, browser="Firefox, Linux", now=now(), notes={}
        )
        return visits.renew(connection, begun.visit, now=now(), notes={}).token


def add(app, name="aino", role=Role.HANDLER, language="fi"):
    """An account as the command makes it; return its one-time code."""
    with writing(app.extensions[NAME].engine) as connection:
        return account_admin.add(
            connection, name, role=role, language=language, actor="test", now=now()
        )


def code(secret=KEY, moment=None):
    return totp.code_at(secret, moment or now())
