"""A program that sends request after request, and prints the code of each receipt.

It ends when its standard input does.
"""

import os
import select
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from request_app import create_app
from request_app.sealing.keyfiles import read_form_secret
from request_app.web import stamps
from tests.support.form_app import client_of
from tests.support.visitor import Page

ANSWERS = {
    "rights": "access",
    "scope": "all",
    "access_form": "electronic",
    "whose": "own",
    "name": "Testi Testinen",
    "reach": "email",
    "email": "testi.testinen@example.com",
    "reply_language": "fi",
    "go": "send",
}


def filled(secret, text):
    """The form as a person sends it, shown to them a minute ago."""
    shown = stamps.new_stamp(datetime.now(UTC) - timedelta(minutes=1))
    return ANSWERS | {"stamp": stamps.sign(shown, secret=secret), "text": text}


def send(app, text):
    """One request by the form; the receipt."""
    secret = read_form_secret(Path(app.extensions["seloste"].settings.form_keys))
    client = client_of(app)
    return Page(client, client.post("/request/", data=filled(secret, text)))


def main():
    app = create_app(os.environ)
    while not select.select([sys.stdin], [], [], 0)[0]:
        receipt = send(app, "Kanarianlintu")
        assert receipt.status == 200
        sys.stdout.write(receipt.told("Avauskoodi") + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
