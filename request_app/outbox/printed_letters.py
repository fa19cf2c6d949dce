"""Letters to print for requesters without e-mail: GDPR Art. 12(1)–(2)."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from generator.languages import catalogue
from request_app.cases.intake.submission import Receipt
from request_app.deadlines import explain, time_limits
from request_app.formatting import day
from request_app.outbox.mails import MailSender
from request_app.sealing import AccessCode
from request_app.store.cases import Case
from request_app.store.values import AT_ONCE, Right
from request_app.workdays import Eve


class PostalAddressee(NamedTuple):
    """The requester a letter goes to, and its language."""

    name: str
    post: str  # the address in lines; empty if the letter is read aloud
    language: str


def received(  # noqa: PLR0913 - a letter contains all of these
    receipt: Receipt,
    rights: Collection[Right],
    to: PostalAddressee,
    *,
    sender: MailSender,
    working_eves: frozenset[Eve],
    written_on: date,
) -> str:
    """The receipt of a request on paper."""
    language = sender.language(to.language)
    limits = time_limits(receipt.received_at, working_eves=working_eves)
    working = explain(
        limits,
        gettext=catalogue(language).gettext,
        show=lambda value: day(value, language=language),
    )
    return sender.text(
        "letters/received.txt",
        language,
        to=to,
        receipt=receipt,
        at_once=bool(AT_ONCE & set(rights)),
        working=working,
        written_on=written_on,
    )


def delivery_code(
    case: Case,
    code: AccessCode,
    to: PostalAddressee,
    *,
    sender: MailSender,
    written_on: date,
) -> str:
    """The code that opens the answer by itself, and how to use it."""
    return sender.text(
        "letters/code.txt",
        sender.language(to.language),
        to=to,
        reference=case.reference,
        code=str(code),
        written_on=written_on,
    )
