"""The ways in which an answer may be sent, and to which address.

An answer that discloses data goes only to an address that is verified to be the
person’s (GDPR Art. 32), and a secret address is never printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from generator.languages import N_
from request_app.cases.lifecycle.case_facts import Facts
from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.rights import Outcome
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.progress import Progress
from request_app.store.values import AT_ONCE, Right, Way

# These methods verify the address of the request too: EDPB 01/2022 ¶58–79. A visit or a
# document verifies only the person, so staff write the address.
VERIFIES_ADDRESS = frozenset(
    {
        IdentityMethod.NO_DOUBT,
        IdentityMethod.KNOWN_ADDRESS,
        IdentityMethod.CONFIRMED,
        IdentityMethod.KNOWN_FACTS,
    }
)
DISCLOSING = frozenset({Outcome.GRANTED, Outcome.REFUSED, Outcome.NO_DATA})


class Means(StrEnum):
    """How an answer is sent: behind a code on our site, or as a whole."""

    EMAIL = "email"
    LETTER = "letter"
    BY_HAND = "by-hand"
    PHONE = "phone"
    PAPER = "paper"  # the whole answer by post
    HANDED = "handed"  # the whole answer in hand
    READ = "read"  # read out at the person’s request: Art. 12(1)


WHOLE = frozenset({Means.PAPER, Means.HANDED, Means.READ})
POSTED = frozenset({Means.LETTER, Means.PAPER})
WAYS = {
    Means.EMAIL: Way.EMAIL,
    Means.LETTER: Way.LETTER,
    Means.BY_HAND: Way.BY_HAND,
    Means.PHONE: Way.PHONE,
    Means.PAPER: Way.LETTER,
    Means.HANDED: Way.BY_HAND,
    Means.READ: Way.PHONE,
}


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How staff want to send an answer."""

    means: Means
    on: date  # when the whole answer was posted, handed over or read out
    email: str = field(default="", repr=False)
    to: str = field(default="", repr=False)  # name and address on paper
    to_represented: bool = False  # not to the one acting for them


def way_objections(opened: Opened, sending: Sending) -> Iterator[str]:
    """Yield every reason why an answer may not be sent this way."""
    progress = opened.progress
    if sending.means is Means.EMAIL:
        yield from _mail_objections(opened, sending)
    if opened.acts_for_another and progress.mandate is None:
        yield from _represented_objections(opened, sending)


def _mail_objections(opened: Opened, sending: Sending) -> Iterator[str]:
    if not sending.email:
        yield N_("Write the e-mail address that we had already.")
    elif _same(sending.email, opened.email) and not may_use_address(opened):
        yield N_(
            "The address came with the request, and it is not settled by it who asks. "
            "Write an address that we had already, or choose another way."
        )


def _represented_objections(opened: Opened, sending: Sending) -> Iterator[str]:
    if not sending.to_represented:
        yield N_(
            "The right to act for another has not been noted. Note it first, or send "
            "the answer to the person whose data they are."
        )
    elif sending.means is Means.EMAIL and _same(sending.email, opened.email):
        yield N_("That is the address of who asked, not of whose data they are.")
    elif sending.means in POSTED and sending.to.strip() in {"", default_to(opened)}:
        yield N_("Write the name and address of the person whose data they are.")


def default_means(opened: Opened) -> Means:
    """The means to suggest: as the person wished, if their address may be used."""
    if opened.email and may_use_address(opened):
        return Means.EMAIL
    if opened.post:
        return Means.LETTER
    return Means.EMAIL if opened.email else Means.BY_HAND


def may_use_address(opened: Opened) -> bool:
    """Whether the answer may be sent to the e-mail address of the request."""
    progress = opened.progress
    return not tells_of_data(progress) or progress.identity in VERIFIES_ADDRESS


def tells_of_data(progress: Progress) -> bool:
    """Whether the answer discloses anything; to an impostor “no data” does too."""
    return any(
        right not in AT_ONCE and right is not Right.OTHER and each.outcome in DISCLOSING
        for (right, _), each in progress.decisions.items()
    )


def default_to(opened: Opened) -> str:
    """The requester’s name and postal address; a secret address is left out."""
    return "\n".join(filter(None, (opened.name, opened.post)))


def printed_address(opened: Opened, to: str, *, represented: bool = False) -> str:
    """The name and address for paper; the name alone if the address is secret."""
    if not opened.flags.hidden_address:
        return to.strip() or default_to(opened)
    return _reader(opened, represented=represented)


def with_addressee(
    facts: Facts, opened: Opened, to: str, *, represented: bool = False
) -> Facts:
    """The facts of a letter with its addressee, and the address that staff wrote."""
    facts = replace(
        facts,
        to=printed_address(opened, to, represented=represented),
        name=_reader(opened, represented=represented),
    )
    if not represented:
        return facts
    return replace(facts, whose="", asked_by=opened.name or "")


def _reader(opened: Opened, *, represented: bool) -> str:
    return opened.represented if represented else opened.name or ""


def _same(address: str, other: str | None) -> bool:
    return bool(other) and address.strip().lower() == str(other).strip().lower()
