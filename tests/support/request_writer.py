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


def send(app, text):
    """One request by the form; the receipt."""
    secret = read_form_secret(Path(app.extensions["seloste"].settings.form_keys))
    shown_at = datetime.now(UTC) - timedelta(minutes=1)
    stamp = stamps.sign(stamps.new_stamp(shown_at), secret=secret)
    client = client_of(app)
    told = ANSWERS | {"stamp": stamp, "text": text}
    return Page(client, client.post("/request/", data=told))


def main():
    app = create_app(os.environ)
    while not select.select([sys.stdin], [], [], 0)[0]:
        receipt = send(app, "Kanarianlintu")
        assert receipt.status == 200
        sys.stdout.write(receipt.told("Avauskoodi") + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
