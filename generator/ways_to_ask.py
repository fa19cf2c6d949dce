"""In which ways people can ask, and where: those for which there is an address."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from generator.content.model import Address, Contact, ControllerFile

Kind = Literal["letter", "e-mail", "phone", "in-person"]


class WayToAsk(NamedTuple):
    kind: Kind
    name: str | None  # of the person, where the organisation shows it
    at: str | Address


def ways_to_ask(organisation: ControllerFile) -> Iterator[WayToAsk]:
    """Yield the ways to ask, the organisation's own first; none of them is a condition.

    "In writing" stands for a letter and e-mail. Whatever else has an address is a way
    too: GDPR Art. 12(2), EDPB Guidelines 01/2022, paragraphs 52–53.
    """
    seen: set[Kind] = set()
    for contact, kinds in _named(organisation):
        for kind in kinds:
            at = _at(kind, contact, organisation)
            if at and kind not in seen:
                seen.add(kind)
                name = contact.name if contact and contact.shows("name") else None
                yield WayToAsk(kind, name, at)


def _named(
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


def _at(
    kind: Kind, contact: Contact | None, organisation: ControllerFile
) -> str | Address | None:
    places = [place for place in (contact, organisation.controller) if place]
    found: list[str | Address | None]
    match kind:
        case "phone":
            found = [place.phone for place in places if _shown(place, "phone")]
        case "e-mail":
            found = [place.email for place in places if _shown(place, "email")]
        case _:
            found = [place.address for place in places if _shown(place, "address")]
    return next((each for each in found if each), None)


def _shown(place: object, what: Literal["phone", "email", "address"]) -> bool:
    return not isinstance(place, Contact) or place.shows(what)
