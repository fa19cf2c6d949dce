"""The sections of the statement, in the order that Finnish readers are used to."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator.languages import N_


class StatementSection(NamedTuple):
    """A section; `key` names its template, `anchor` its address within the page."""

    key: str
    anchor: str
    heading: str
    parts: tuple["StatementSection", ...] = ()
    heading_of_one: str | None = None  # if there is only one register


class NumberedSection(NamedTuple):
    """A section that is not empty, with its number on this page."""

    number: str
    anchor: str
    heading: str
    body: Markup
    parts: tuple["NumberedSection", ...]


def _section(
    key: str, anchor: str, heading: str, *parts: StatementSection
) -> StatementSection:
    return StatementSection(key, anchor, heading, parts)


_OF_REGISTERS = (
    _section("data_subjects", "rekisteroidyt", N_("Whose data we process")),
    _section(
        "purposes",
        "tarkoitukset",
        N_("Purpose and legal basis of processing"),
        _section(
            "interests",
            "oikeutettu-etu",
            N_("Legitimate interest on which processing is based"),
        ),
    ),
    _section(
        "data",
        "tietosisalto",
        N_("Content of the register"),
        _section(
            "obligation", "tietojen-antaminen", N_("Do you have to give us data?")
        ),
    ),
    _section("sources", "tietolahteet", N_("Regular sources of data")),
    _section(
        "recipients",
        "vastaanottajat",
        N_("Recipients and regular disclosures of data"),
        _section(
            "processors", "kasittelijat", N_("Processors (process data on our behalf)")
        ),
        _section(
            "joint_controllers", "yhteisrekisterinpitajat", N_("Joint controllers")
        ),
    ),
    _section(
        "transfers",
        "siirrot",
        N_("Transfer of data outside the European Union or the European Economic Area"),
    ),
    _section("retention", "sailytysajat", N_("Retention periods")),
    _section(
        "automated_decisions",
        "automaattinen-paatoksenteko",
        N_("Automated decision-making and profiling"),
    ),
)

REGISTER = (
    _section("register_controller", "rekisterinpitaja", N_("Controller")),
    *_OF_REGISTERS,
    _section("security", "suojaus", N_("Principles of protecting the register")),
)

WHOLE = (
    _section("controller", "rekisterinpitaja", N_("Controller")),
    _section(
        "contacts",
        "yhteyshenkilo",
        N_("Contact person for the registers"),
        _section("officer", "tietosuojavastaava", N_("Data protection officer")),
    ),
    StatementSection(
        "registers",
        "rekisterit",
        N_("Registers"),
        (_OF_REGISTERS[0],),
        heading_of_one=N_("Name of the register"),
    ),
    *_OF_REGISTERS[1:],
    _section("security", "suojaus", N_("Principles of protecting the register")),
    _section("rights", "oikeudet", N_("Your rights")),
    _section("objection", "vastustaminen-2", N_("Your right to object")),
    _section(
        "asking",
        "pyynto",
        N_("How to make a request"),
        _section("answer_time", "vastausaika", N_("When you get an answer")),
    ),
    _section(
        "complaint",
        "valitus",
        N_("Right to lodge a complaint with the supervisory authority"),
    ),
    _section("cookies", "evasteet", N_("Cookies")),
    _section("changes", "muutokset", N_("Date and changes")),
)


def numbered(
    sections: tuple[StatementSection, ...],
    body: Callable[[str], Markup],
    *,
    one_register: bool = False,
    within: str = "",
) -> Iterator[NumberedSection]:
    """Number the sections that have a body, and leave out the others.

    The parts of a section without a body take its place.
    """
    number = 0
    for section in sections:
        own = body(section.key)
        if own:
            number += 1
            here = f"{within}{number}"
            parts = tuple(numbered(section.parts, body, within=f"{here}."))
            heading = (one_register and section.heading_of_one) or section.heading
            yield NumberedSection(here, section.anchor, heading, own, parts)
            continue
        for part in numbered(section.parts, body):
            number += 1
            yield part._replace(number=f"{within}{number}")
