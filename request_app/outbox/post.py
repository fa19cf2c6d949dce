"""Sending a mail to a mail server, within a fixed time limit."""

import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import partial
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import SplitResult, unquote, urlsplit

Post = Callable[[EmailMessage, str], None]  # the mail, and its one recipient

SECONDS_TO_SEND = 30.0
SECONDS_TO_ANSWER = 10.0
PERMANENT = 500  # from this code on, a server says not to try again
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class PostError(Exception):
    """The mail was not accepted; a later try may succeed unless `for_good`."""

    def __init__(self, kind: str, *, for_good: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.for_good = for_good


def post_to(address: str, *, seconds: float = SECONDS_TO_SEND) -> Post:
    """Return the function that sends mails; `console:` prints them instead."""
    server = urlsplit(address)
    if server.scheme == "console":
        return _print
    return partial(_send, server, seconds)


def check_server(address: str, *, seconds: float = SECONDS_TO_SEND) -> None:
    """Connect, sign in if there is a password, and disconnect without a mail."""
    try:
        with _connected(urlsplit(address), seconds) as smtp:
            smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPResponseException as error:
        raise PostError(f"answer {error.smtp_code}") from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise PostError(type(error).__name__) from None


def _print(message: EmailMessage, recipient: str) -> None:
    body = message.get_content()
    rule = "-" * 72
    sys.stdout.write(
        f"{rule}\nTo: {recipient}\nSubject: {message['Subject']}\n\n{body}{rule}\n"
    )
    sys.stdout.flush()


def _send(
    server: SplitResult, seconds: float, message: EmailMessage, recipient: str
) -> None:
    try:
        with _connected(server, seconds) as smtp:
            smtp.send_message(message, to_addrs=[recipient])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise PostError("recipient", for_good=code >= PERMANENT) from None
    except smtplib.SMTPResponseException as error:
        raise PostError(f"answer {error.smtp_code}") from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise PostError(type(error).__name__) from None


@contextmanager
def _connected(server: SplitResult, seconds: float) -> Iterator[smtplib.SMTP]:
    """A connection that is closed when its time is over.

    A timeout of a socket holds for each read only: a server that drips could hold the
    connection for ever.
    """
    secure = ssl.create_default_context()
    port = server.port or PORTS[server.scheme]
    host = server.hostname or ""
    wait = min(seconds, SECONDS_TO_ANSWER)  # the only limit during the TLS handshake
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(timeout=wait, context=secure)
    else:
        smtp = smtplib.SMTP(timeout=wait)
    smtp._host = host  # type: ignore[attr-defined] # noqa: SLF001 - for the name in TLS
    end = Timer(seconds, _disconnect, [smtp])
    end.daemon = True
    end.start()
    try:
        smtp.connect(host, port)
        if server.scheme == "smtp+tls":
            smtp.starttls(context=secure)
        if server.username:
            smtp.login(unquote(server.username), unquote(server.password or ""))
        yield smtp
        _quit(smtp)
    finally:
        end.cancel()
        smtp.close()


def _quit(smtp: smtplib.SMTP) -> None:
    """Quit; the mail was accepted, whatever the answer is."""
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        return


def _disconnect(smtp: smtplib.SMTP) -> None:
    connection = smtp.sock
    if connection is None:
        return
    try:
        connection.shutdown(SHUT_RDWR)
    except OSError:
        return
