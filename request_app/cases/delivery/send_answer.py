"""Sending the answer: what staff check before it goes, and all that goes with it.

A child's answer never goes to a guardian by itself (EDPB 01/2022 ¶83–87).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from generator.languages import N_, catalogue
from request_app.cases.action import Action
from request_app.cases.delivery import answer_package, delivery_code
from request_app.cases.delivery.channels import WAYS, WHOLE, Sending
from request_app.cases.letters import answer_draft, archive, parts
from request_app.cases.lifecycle.opened_case import Opened
from request_app.cases.steps.delivery import Delivered, Reached
from request_app.cases.steps.facts import Words
from request_app.cases.steps.step import ProposedStep
from request_app.store import cases, deliveries, packages, packages as stored
from request_app.store.values import Way

LETTER_NAME = N_("answer.txt")  # in the language of the letter


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What staff looked at before it goes."""

    others: bool | None  # data of others: none or covered; unanswered
    child: str = field(default="", repr=False)  # what speaks for the child's interest


class Dispatched(NamedTuple):
    """A delivery that was made: its code, if it has one, and the steps to take."""

    handed: delivery_code.DeliveryCode | None
    acts: list[ProposedStep]


def check_objections(opened: Opened, checked: Checked) -> Iterator[str]:
    """Tell what must be looked at before anything is given away."""
    progress = opened.progress
    if checked.others is None and progress.gives_data:
        yield N_("Say whether the answer shows data of other people.")
    if (opened.child or opened.flags.minor) and not checked.child.strip():
        yield N_("Write how the interest of the child was thought of.")


def open_package(connection: Connection, case: cases.Case) -> packages.Package | None:
    """The package that is being made; one that was delivered is done."""
    for package in reversed(stored.of_case(connection, case.id)):
        if not deliveries.of_package(connection, package.id):
            return package
    return None


def delivered_package(
    connection: Connection, case: cases.Case
) -> packages.Package | None:
    """The newest package that was delivered."""
    for package in reversed(stored.of_case(connection, case.id)):
        if deliveries.of_package(connection, package.id):
            return package
    return None


def send(
    action: Action,
    case: cases.Case,
    letter: parts.Letter,
    sending: Sending,
    checked: Checked,
) -> Dispatched:
    """Put the letter first into the package, deliver it, and keep it as it went."""
    connection = action.connection
    package = open_package(connection, case)
    package = package or answer_package.new_package(action, case)
    name = catalogue(letter.language).gettext(LETTER_NAME)
    text = parts.render(letter).encode()
    answer_package.add_file(connection, package, name, text, first=True)
    gone = _hand(action, case, package, sending, {"child": checked.child})
    posting = archive.Posting(WAYS[sending.means], sending.on)
    archive.keep(action, case, letter, posting)
    answer_draft.drop(connection, case)
    return gone


def send_again(action: Action, case: cases.Case, sending: Sending) -> Dispatched:
    """Deliver the same package once more; the code before it opens nothing any more."""
    package = delivered_package(action.connection, case)
    if package is None:
        raise answer_package.PackageError(N_("The answer is no longer kept here."))
    return _hand(action, case, package, sending, {})


def _hand(
    action: Action,
    case: cases.Case,
    package: packages.Package,
    sending: Sending,
    words: Words,
) -> Dispatched:
    way, on = WAYS[sending.means], sending.on
    if sending.means in WHOLE:
        delivery = delivery_code.hand_over(action, case, package, way=way, on=on)
        delivered = Delivered(delivery=delivery.id, way=way, on=on)
        reached = Reached(delivery=delivery.id, on=on)
        return Dispatched(
            None,
            [ProposedStep(step=delivered, words=words), ProposedStep(step=reached)],
        )
    email = sending.email if way is Way.EMAIL else None
    handed = delivery_code.deliver(action, case, package, way=way, email=email)
    step = Delivered(delivery=handed.delivery.id, way=way, on=handed.delivery.sent_on)
    return Dispatched(handed, [ProposedStep(step=step, words=words)])
