"""Sending the answer: the last checks, the package and its delivery.

A child's answer is never sent to a guardian unchecked (EDPB 01/2022 ¶83–87).
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
    """What staff checked before sending."""

    others: bool | None  # data of others: none or covered; unanswered
    child: str = field(default="", repr=False)  # how the child's interest was weighed


class Dispatched(NamedTuple):
    """A delivery that was made: its new code, if any, and the steps to take."""

    new_code: delivery_code.DeliveryCode | None
    steps: list[ProposedStep]


def check_objections(opened: Opened, checked: Checked) -> Iterator[str]:
    """Yield what staff must still check before sending."""
    progress = opened.progress
    if checked.others is None and progress.gives_data:
        yield N_("Say whether the answer shows data of other people.")
    if (opened.child or opened.flags.minor) and not checked.child.strip():
        yield N_("Write how the interest of the child was thought of.")


def open_package(connection: Connection, case: cases.Case) -> packages.Package | None:
    """The package still being put together: one without a delivery."""
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
    """Add the letter to the package, deliver the package and archive the letter."""
    connection = action.connection
    package = open_package(connection, case)
    package = package or answer_package.new_package(action, case)
    name = catalogue(letter.language).gettext(LETTER_NAME)
    text = parts.render(letter).encode()
    answer_package.add_file(connection, package, name, text, first=True)
    dispatched = _dispatch(action, case, package, sending, {"child": checked.child})
    posting = archive.Posting(WAYS[sending.means], sending.on)
    archive.keep(action, case, letter, posting)
    answer_draft.drop(connection, case)
    return dispatched


def send_again(action: Action, case: cases.Case, sending: Sending) -> Dispatched:
    """Deliver the same package again, and withdraw its earlier code."""
    package = delivered_package(action.connection, case)
    if package is None:
        raise answer_package.PackageError(N_("The answer is no longer kept here."))
    return _dispatch(action, case, package, sending, {})


def _dispatch(
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
    new = delivery_code.deliver(action, case, package, way=way, email=email)
    step = Delivered(delivery=new.delivery.id, way=way, on=new.delivery.sent_on)
    return Dispatched(new, [ProposedStep(step=step, words=words)])
