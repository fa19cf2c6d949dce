"""Checking that the form answers at its public address, within a time limit."""

from http import HTTPStatus
from http.client import HTTPException
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

SECONDS_TO_ANSWER = 10.0
MOST_BYTES = 1024 * 1024
MARK = b'name="stamp"'  # on the open form only, not on the page of a closed one
STRAIGHT = build_opener(ProxyHandler({}))  # to our own form, without a proxy


def answers(address: str, *, seconds: float = SECONDS_TO_ANSWER) -> bool:
    """Request the first page as a visitor would; a server that drips is too slow.

    A timeout of a socket holds for each read only, and looking up a name has none: so
    the thread that asks is abandoned when the time is over.
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
