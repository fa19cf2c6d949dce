"""Whether the form answers at its own address, asked within a time that ends."""

from http import HTTPStatus
from http.client import HTTPException
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

SECONDS_TO_ANSWER = 10.0
MOST_BYTES = 1024 * 1024
MARK = b'name="stamp"'  # the form is open; a page that says it is closed has none
STRAIGHT = build_opener(ProxyHandler({}))  # to our own form, past no proxy


def answers(address: str, *, seconds: float = SECONDS_TO_ANSWER) -> bool:
    """Ask for the first page as a visitor would; a server that drips is too slow.

    A timeout of a socket is for each read, and finding an address has none: so who
    asks is left behind when the time is over.
    """
    found: list[bool] = []
    asking = Thread(
        target=lambda: found.append(_is_open(address, seconds)), daemon=True
    )
    asking.start()
    asking.join(seconds)
    return found == [True]


def _is_open(address: str, seconds: float) -> bool:
    try:
        if urlsplit(address).scheme not in {"http", "https"}:
            return False
        with STRAIGHT.open(address, timeout=seconds) as answer:
            return answer.status == HTTPStatus.OK and MARK in answer.read(MOST_BYTES)
    except (OSError, HTTPException, ValueError):
        return False
