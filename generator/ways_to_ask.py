"""The ways in which people can make a request, each with its address or number."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from generator.content.model import Address, Contact, ContactField, ControllerFile

Kind = Literal["letter", "e-mail", "phone", "in-person"]


class WayToAsk(NamedTuple):
    kind: Kind
    name: str | None  # of the person, if the organisation publishes it
    at: str | Address


def ways_to_ask(organisation: ControllerFile) -> Iterator[WayToAsk]:
    """Yield the ways to ask, first those that the organisation names.

    "In writing" stands for a letter and e-mail. Any other published address is a way to
    ask too: GDPR Art. 12(2), EDPB Guidelines 01/2022, paragraphs 52–53.
    """
    seen: set[Kind] = set()
    for contact, kinds in _contacts_in_order(organisation):
        for kind in kinds:
            at = _address_of(kind, contact, organisation)
            if at and kind not in seen:
                seen.add(kind)
                name = contact.name if contact and contact.shows("name") else None
                yield WayToAsk(kind, name, at)


def _contacts_in_order(
    organisation: ControllerFile,
) -> Iterator[tuple[Contact | None, tuple[Kind, ...]]]:
    contacts = {contact.id: contact for contact in organisation.contacts or ()}
    for way in organisation.requests.ways if organisation.requests else ():
        kinds: tuple[Kind, ...] = (
            ("letter", "e-mail") if way.way == "in-writing" else (way.way,)
        )
        yield contacts[way.to], kinds
    for contact in contacts.values():
        yield contact, ("phone", "e-mail")
    yield None, ("phone", "e-mail", "letter")


def _address_of(
    kind: Kind, contact: Contact | None, organisation: ControllerFile
) -> str | Address | None:
    """Return the address or number of a contact, or else of the controller."""
    field = _FIELDS.get(kind, "address")
    published = contact if contact and contact.shows(field) else None
    found: list[str | Address | None] = [
        getattr(each, field) for each in (published, organisation.controller) if each
    ]
    return next((each for each in found if each), None)


_FIELDS: Mapping[Kind, ContactField] = {"phone": "phone", "e-mail": "email"}
