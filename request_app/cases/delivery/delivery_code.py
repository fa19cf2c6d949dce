"""Delivering an answer, and noting that it has reached the person.

The access code proves no identity, as every requester gets one. So the answer needs
another code, sent by the way that verified identity; by mail, both codes are needed
(docs/decisions/0007). An answer counts as delivered once it was fetched.
"""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from generator.languages import N_
from request_app.cases.action import Action
from request_app.cases.delivery import answer_package
from request_app.cases.lifecycle.record import record_steps
from request_app.cases.messages.mail import Addressee, put_mail
from request_app.cases.steps.delivery import Reached
from request_app.cases.steps.facts import IdentityMethod
from request_app.cases.steps.reader import read_step
from request_app.cases.steps.step import ProposedStep
from request_app.cases.steps.verification import IdentitySettled
from request_app.deadlines import local_day
from request_app.sealing import AccessCode, SealingKey, new_code, places, seal
from request_app.store import (
    cases,
    deliveries,
    outbox,
    packages,
    packages as stored_packages,
    steps,
)
from request_app.store.values import Way

ANSWER_MAIL = "answer"
# By a call to a number we had, or by facts we had, told on the phone.
VERIFIED_BY_PHONE = frozenset(
    {IdentityMethod.KNOWN_ADDRESS, IdentityMethod.KNOWN_FACTS}
)


class DeliveryRefusedError(Exception):
    """The answer can’t be sent this way."""


class DeliveryCode(NamedTuple):
    """A delivery and its code to print or read out, which is shown once."""

    code: AccessCode
    delivery: deliveries.Delivery


class DeliveryStage(StrEnum):
    """How far a delivery has come."""

    WAITING = "waiting"  # its mail has not gone out yet
    SENT = "sent"
    MAIL_FAILED = "mail-failed"  # for good: another way is needed
    FETCHED = "fetched"
    HANDED = "handed"
    WITHDRAWN = "withdrawn"


UNFETCHED = frozenset(
    {DeliveryStage.WAITING, DeliveryStage.SENT, DeliveryStage.MAIL_FAILED}
)


class DeliveryStatus(NamedTuple):
    """A delivery as staff see it."""

    delivery: deliveries.Delivery
    standing: DeliveryStage
    days: int  # without being fetched


def deliver(
    action: Action,
    case: cases.Case,
    package: packages.Package,
    *,
    way: Way,
    email: str | None = None,
) -> DeliveryCode:
    """Make a code that opens a package, and withdraw its earlier codes.

    The caller ensures that a mail goes to a verified address: see `channels`.
    """
    _check_way(action.connection, case, way)
    if (way is Way.EMAIL) != bool(email):
        raise DeliveryRefusedError(
            N_("A mail needs an address, and nothing else does.")
        )
    if not stored_packages.files_of(action.connection, package.id):
        raise answer_package.PackageError("There is nothing in the package.")
    key, code = answer_package.key_of(action, package).raw, new_code()
    delivery = _new(action, package, way, code)
    if email:  # its mail and the delivery share an id
        to = Addressee(email, {"code": str(code)})
        delivery = replace(delivery, id=put_mail(action, case, ANSWER_MAIL, to).id)
    place = places.package_key_for_person(delivery.id)
    if way is Way.EMAIL:
        key = seal(key, key=SealingKey(case.code_key), place=place)
    key = seal(key, key=code.key.public, place=place)
    delivery = replace(delivery, key_for_person=key)
    _replace_earlier(action, delivery)
    _audit(action, case, delivery, "answer.delivered")
    return DeliveryCode(code, delivery)


def hand_over(
    action: Action, case: cases.Case, package: packages.Package, *, way: Way, on: date
) -> deliveries.Delivery:
    """Note that the answer was given on paper or read out, without a code.

    It may be read out if the person has asked for that (GDPR Art. 12(1)).
    """
    _check_way(action.connection, case, way)
    if way is Way.EMAIL:
        raise DeliveryRefusedError(N_("An answer is not sent in a mail."))
    delivery = _new(action, package, way, new_code())
    delivery = replace(delivery, sent_on=on, handed_on=on)
    _replace_earlier(action, delivery)
    _audit(action, case, delivery, "answer.handed")
    return delivery


def withdraw(action: Action, case: cases.Case, delivery: deliveries.Delivery) -> bool:
    """Withdraw a delivery without making another one."""
    is_new = _withdraw(action, delivery)
    if is_new:
        _audit(action, case, delivery, "answer.withdrawn")
    return is_new


def note_reached(
    action: Action, case: cases.Case, delivery: deliveries.Delivery
) -> None:
    """Record that the person has the answer."""
    reached = ProposedStep(step=Reached(delivery=delivery.id, on=action.today))
    record_steps(action, case, [reached])
    _audit(action, case, delivery, "answer.fetched")


def deliveries_of(
    connection: Connection, case: cases.Case, *, today: date
) -> list[DeliveryStatus]:
    """The status of each delivery of a case, oldest first."""
    return [
        DeliveryStatus(
            delivery,
            standing := _standing(delivery, outbox.by_id(connection, delivery.id)),
            (today - delivery.sent_on).days if standing in UNFETCHED else 0,
        )
        for delivery in deliveries.of_case(connection, case.id)
    ]


def remove_fetched(
    action: Action,
    before: datetime,
    *,
    notices: Collection[str] | None = None,
    limit: int | None = None,
) -> int:
    """Remove the packages that reached the person before a time; return how many.

    Their deliveries stay on record. A package that was not fetched is never removed.
    """
    found = deliveries.packages_to_remove(
        action.connection,
        before=before,
        before_day=local_day(before),
        notices=notices,
        limit=limit,
    )
    removed = [_removed(action.connection, package_id) for package_id in found]
    for case in filter(None, removed):
        action.audit(case, "package.removed")
    return len(removed)


def _check_way(connection: Connection, case: cases.Case, way: Way) -> None:
    if way is Way.STATUS_PAGE:
        raise DeliveryRefusedError(N_("The access code is no proof of who holds it."))
    if way is Way.PHONE and _verified_by(connection, case) not in VERIFIED_BY_PHONE:
        raise DeliveryRefusedError(N_("It was not settled on the phone who asks."))


def _verified_by(connection: Connection, case: cases.Case) -> IdentityMethod | None:
    """The method by which identity was verified last."""
    method = None
    for row in steps.of_case(connection, case.id):
        step = read_step(row.facts)
        if isinstance(step, IdentitySettled):
            method = step.method
    return method


def _new(
    action: Action, package: packages.Package, way: Way, code: AccessCode
) -> deliveries.Delivery:
    return deliveries.Delivery(
        id=secrets.token_hex(16),
        case_id=package.case_id,
        package_id=package.id,
        way=way,
        code_hash=code.hash,
        needs_access_code=way is Way.EMAIL,
        key_for_person=None,
        actor=action.actor,
        made_at=action.at,
        sent_on=action.today,
    )


def _replace_earlier(action: Action, delivery: deliveries.Delivery) -> None:
    """Store a delivery, and withdraw the earlier ones of its package."""
    package_id = delivery.package_id or ""
    stored_packages.lock(action.connection, package_id)
    for earlier in deliveries.of_package(action.connection, package_id):
        _withdraw(action, earlier)
    deliveries.add(action.connection, delivery)


def _withdraw(action: Action, delivery: deliveries.Delivery) -> bool:
    """Withdraw a delivery and its unsent mail; return whether it was still valid."""
    is_new = deliveries.withdraw(action.connection, delivery.id, now=action.at)
    if is_new:
        outbox.recall(action.connection, delivery.id)
    return is_new


def _standing(delivery: deliveries.Delivery, mail: outbox.Mail | None) -> DeliveryStage:
    if delivery.fetched_at:
        return DeliveryStage.FETCHED
    if delivery.handed_on:
        return DeliveryStage.HANDED
    if delivery.withdrawn_at:
        return DeliveryStage.WITHDRAWN
    if mail and mail.failed_at:
        return DeliveryStage.MAIL_FAILED
    if mail and not mail.sent_at:
        return DeliveryStage.WAITING
    return DeliveryStage.SENT


def _removed(connection: Connection, package_id: str) -> cases.Case | None:
    package = stored_packages.by_id(connection, package_id)
    deliveries.close_package(connection, package_id)
    stored_packages.remove(connection, package_id)
    return cases.by_id(connection, package.case_id) if package else None


def _audit(
    action: Action, case: cases.Case, delivery: deliveries.Delivery, what: str
) -> None:
    facts = {"delivery": delivery.id, "way": delivery.way.value}
    action.audit(case, what, facts)
