"""The mail server: it answers and accepts the sign-in. No mail is sent."""

from collections.abc import Iterator

from request_app.health.findings import Finding, fault, good, warning
from request_app.outbox.post import PostError, check_server

SECONDS = 10.0


def examine(address: str, *, seconds: float = SECONDS) -> Iterator[Finding]:
    """Connect and disconnect; the address may have a password and is not repeated."""
    if address.startswith("console:"):
        yield warning("mail server", "Mails are shown on the console and not sent.")
        return
    try:
        check_server(address, seconds=seconds)
    except PostError as error:
        yield fault(
            "mail server",
            f"The mail server of SELOSTE_SMTP does not take us ({error.kind}). "
            "Mails wait until it does.",
        )
    else:
        yield good("mail server", "The mail server answers.")
