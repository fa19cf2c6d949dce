"""What a person who asks for their data is told besides: GDPR Art. 15(1)(a)–(h), 15(2).

A draft made from the notice of the day of receipt. The notice speaks of everybody and
the answer of one person, so who got the data is told by name (C-154/21), and what the
notice does not tell becomes a prompt that keeps the letter from being sent.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.content.law import Law
from generator.content.model import (
    Disclosure,
    Party,
    Purpose,
    Register,
    Safeguard,
    Source,
)
from generator.content.values import Text
from generator.formatting import Formatter
from generator.languages import N_, catalogue
from request_app.cases.letters.placeholders import (
    Block,
    Draft,
    Gap,
    Line,
    Part,
    line_of,
    lines_of,
    woven,
)
from request_app.cases.notice.plan import recipients_of
from request_app.cases.notice.wording import (
    disclosures,
    id_of,
    name_of,
    partners,
    periods,
    said,
    tells_recipients,
    time_of,
)
from request_app.published import Kept


class Known(NamedTuple):
    """What was found out of this person's data, beside what the notice says."""

    got: Mapping[str, bool] = {}  # by the ids of recipients in the plan
    names: Mapping[str, str] = {}  # by the same
    erased: Collection[str] = ()  # registers with no data left: it is told how it was


def access_information(
    kept: Kept,
    registers: Iterable[Register],
    language: str,
    known: Known,
    *,
    law: Law | None = None,
) -> Draft:
    """Write the draft.

    How to complain (Art. 15(1)(f)) stands in every answer, beside it.
    """
    told = _Told(kept, tuple(registers), language, law or kept.law, known)
    return Draft(tuple(told.blocks()))


@dataclass(frozen=True)
class _Told:
    kept: Kept
    registers: tuple[Register, ...]
    language: str
    law: Law
    known: Known

    def _(self, text: str) -> str:
        return catalogue(self.language).gettext(text)

    @property
    def words(self) -> Formatter:
        return Formatter(self.language, catalogue(self.language))

    def blocks(self) -> Iterator[Block]:
        for register in self.registers:
            yield from self.of_register(register)
        if self.found:
            lines = tuple(line_of(*self._found(each)) for each in self.found)
            yield Block(self._(OTHERS), lines)
        yield self.of_all()

    @property
    def found(self) -> list[str]:
        """Who got data and stands nowhere in the notice: staff found them."""
        everyone = recipients_of(self.kept.registers, self.language)
        known = {each.id for each in everyone}
        had = self.known.got.items()
        return [each for each, got in had if got and each not in known]

    def _found(self, recipient: str) -> Iterator[Part]:
        name = self.known.names.get(recipient, "").strip()
        ask = self._("the name of this recipient")
        yield name or Gap(("", "name", recipient), ask, self._(OTHERS))

    def of_register(self, register: Register) -> Iterator[Block]:
        name = self._("Register: %(name)s") % {"name": name_of(register, self.language)}
        yield Block(name)
        tell: Mapping[str, Callable[[Register], Iterable[Line]]] = {
            "purposes": self.purposes,
            "data": self.data,
            "recipients": self.recipients,
            "sources": self.sources,
            "times": self.times,
            "transfers": self.transfers,
            "decisions": self.decisions,
        }
        otherwise = {
            "recipients": self.no_recipients,
            "transfers": self.no_transfers,
        }
        for fact, each in tell.items():
            none = otherwise[fact](register) if fact in otherwise else None
            yield Block(self._heading(register, fact), tuple(each(register)), none)

    def _heading(self, register: Register, fact: str) -> str:
        return self._((WAS if register.id in self.known.erased else IS)[fact])

    def _gap(
        self, register: Register, fact: str, asks: str, *about: str, besides: str = ""
    ) -> Gap:
        where = self._heading(register, fact)
        if len(self.registers) > 1:
            where = f"{name_of(register, self.language)}, {where}"
        return Gap((register.id, fact, *about), self._(asks), where, besides)

    def of_all(self) -> Block:
        text = self._(
            "You can ask us to correct or erase your data or to restrict their "
            "use. You can also object to their use."
        )
        return Block(self._("Your rights"), lines_of([text]), listed=False)

    def purposes(self, register: Register) -> Iterable[Line]:
        asks = N_("what the data are used for")
        told = map(self._purpose, register.purposes or ())
        return self._lines_or_gap(told, register, "purposes", asks)

    def _lines_or_gap(
        self, told: Iterable[str], register: Register, fact: str, asks: str
    ) -> Iterable[Line]:
        return lines_of(told) or lines_of([self._gap(register, fact, asks)])

    def _purpose(self, purpose: Purpose) -> str:
        name = self._with_parts(purpose.name, purpose.includes)
        if purpose.basis is None:
            return name
        basis = self.words.basis_name(purpose.basis)
        if purpose.basis.law:
            basis = f"{basis}, {said(purpose.basis.law, self.language)}"
        return self._("%(purpose)s (basis: %(basis)s)") % {
            "purpose": name,
            "basis": basis,
        }

    def _with_parts(self, name: Text, parts: Iterable[Text] | None) -> str:
        """A name, and all that the notice says it covers."""
        named = [said(each, self.language) for each in parts or ()]
        whole = said(name, self.language)
        return f"{whole}: {', '.join(named)}" if named else whole

    def data(self, register: Register) -> Iterable[Line]:
        told = [said(each.name, self.language) for each in register.data or ()]
        asks = N_("which categories of data")
        return self._lines_or_gap(told, register, "data", asks)

    def recipients(self, register: Register) -> Iterator[Line]:
        for each in self._disclosed(register):
            yield self._recipient(register, each)
        for party in partners(register):
            if self._may_have(party):
                yield line_of(party.name)

    def no_recipients(self, register: Register) -> Line:
        """Who was found later, or got other data, is told of elsewhere."""
        if not tells_recipients(register):
            asks = N_("who has received data, by name")
            return line_of(self._gap(register, "recipients", asks))
        others = [each for each in self.registers if each is not register]
        anyone = any(self.known.got.values()) or any(
            any(self.recipients(o)) for o in others
        )
        return line_of(self._(NONE_OF_THESE if anyone else NOBODY))

    def _disclosed(self, register: Register) -> list[Disclosure]:
        return [each for each in disclosures(register) if self._may_have(each)]

    def _may_have(self, recipient: Disclosure | Party) -> bool:
        return self.known.got.get(id_of(recipient), True)

    def _recipient(self, register: Register, each: Disclosure) -> Line:
        kind = f"({said(each.recipient, self.language)})"
        name: Part = self._name(each) or self._gap(
            register,
            "recipients",
            N_("the name of this recipient"),
            id_of(each),
            "name",
            besides=kind,
        )
        whether = self._whether(register, each)
        if whether is None:
            return line_of(name, f" {kind}")
        return line_of(name, f" {kind} ", whether, told_if=whether)

    def _name(self, each: Disclosure) -> str:
        return each.name or self.known.names.get(id_of(each), "").strip()

    def _whether(self, register: Register, each: Disclosure) -> Gap | None:
        """The question whether it got data, where neither notice nor staff tell."""
        if each.certainty != "may-be-disclosed" or id_of(each) in self.known.got:
            return None
        besides = f"{self._name(each)} ({said(each.recipient, self.language)})".strip()
        asks = N_("whether data of this person were given to it")
        gap = self._gap(
            register, "recipients", asks, id_of(each), "got", besides=besides
        )
        return replace(gap, whether=True)

    def sources(self, register: Register) -> Iterable[Line]:
        told = map(self._source, register.sources or ())
        asks = N_("where the data come from")
        return self._lines_or_gap(told, register, "sources", asks)

    def _source(self, source: Source) -> str:
        parts = [each.name for each in source.includes or ()]
        name = self._with_parts(source.name, parts)
        if source.publicly_accessible:
            public = self._("Anyone can read this source.")
            return f"{name}. {public}"
        return name

    def times(self, register: Register) -> Iterable[Line]:
        told = [time_of(each, self.language) for each in periods(register)]
        asks = N_("how long, or what decides how long")
        return self._lines_or_gap(told, register, "times", asks)

    def transfers(self, register: Register) -> Iterator[Line]:
        """Where data go, and what protects them there: GDPR Art. 15(2)."""
        for each in self._disclosed(register):
            if each.country and each.country not in self.law.eea:
                yield self._transfer(register, each, each.country)

    def no_transfers(self, register: Register) -> Line:
        """What the notice says; nothing is known of whom staff found besides."""
        statement = register.transfers or self.kept.notice.transfers
        says = statement.outside_eea if statement else None
        countries = all(each.country for each in self._disclosed(register))
        known = tells_recipients(register) and countries and not self.found
        if says == "none" or (known and says != "as-a-rule-not"):
            never = NEVER_WENT if register.id in self.known.erased else NEVER_GO
            return line_of(self._(never))
        asks = N_("whether data go there, to which country and how protected")
        return line_of(self._gap(register, "transfers", asks))

    def _transfer(self, register: Register, each: Disclosure, country: str) -> Line:
        name = self._name(each) or said(each.recipient, self.language)
        gap = self._gap(
            register,
            "transfers",
            N_("what protects the data there"),
            id_of(each),
            besides=f"({name})",
        )
        told = "\n  ".join(
            [
                self._("Recipient: %(name)s"),
                self._("Country: %(country)s"),
                self._("Safeguard: %(safeguard)s"),
            ]
        )
        safeguard = self._safeguard(each.safeguard) if each.safeguard else gap
        land = self.words.country(country)
        parts = woven(told, name=name, country=land, safeguard=safeguard)
        return line_of(*parts, told_if=self._whether(register, each))

    def _safeguard(self, safeguard: Safeguard) -> str:
        told = self._(_SAFEGUARDS[safeguard.kind])
        if safeguard.text:
            told = f"{told}: {said(safeguard.text, self.language)}"
        if safeguard.copy_at:
            copy, told = self._("Copy available:"), told.rstrip(".")
            told = f"{told}. {copy} {said(safeguard.copy_at, self.language)}"
        return told

    def decisions(self, register: Register) -> Iterator[Line]:
        """Decisions by machine alone, and profiling: GDPR Art. 15(1)(h)."""
        decisions, profiling = register.automated_decisions, register.profiling
        if decisions is None:
            asks = N_("whether decisions are made by automated means alone")
            yield line_of(self._gap(register, "decisions", asks))
        elif isinstance(decisions, str):
            none = NONE_WERE_MADE if register.id in self.known.erased else NONE_ARE_MADE
            yield line_of(self._(none))
        else:
            yield line_of(said(decisions.logic, self.language))
            yield line_of(said(decisions.significance, self.language))
        if isinstance(profiling, str):
            nobody = NOBODY_WAS if register.id in self.known.erased else NOBODY_IS
            yield line_of(self._(nobody))
        elif profiling is not None:
            yield line_of(said(profiling, self.language))


IS: Mapping[str, str] = {
    "purposes": N_("What the data are used for"),
    "data": N_("Which data"),
    "recipients": N_("Who has received data"),
    "sources": N_("Where the data come from"),
    "times": N_("How long the data are kept"),
    "transfers": N_("Data outside the EU and the EEA"),
    "decisions": N_("Automated decisions and profiling"),
}
WAS: Mapping[str, str] = {
    "purposes": N_("What the data were used for"),
    "data": N_("Which data there were"),
    "recipients": N_("Who received data"),
    "sources": N_("Where the data came from"),
    "times": N_("How long the data would have been kept"),
    "transfers": N_("Data outside the EU and the EEA"),
    "decisions": N_("Automated decisions and profiling"),
}
OTHERS = N_("Other recipients")
NOBODY = N_("Your data have not been given to anyone.")
NONE_OF_THESE = N_(
    "None of the recipients that our privacy notice names has received data from this "
    "register."
)
NEVER_GO = N_(
    "We do not transfer data outside the European Union or the European Economic Area."
)
NEVER_WENT = N_(
    "We did not transfer data outside the European Union or the European Economic Area."
)
NONE_ARE_MADE = N_("No decisions are made solely by automated means.")
NONE_WERE_MADE = N_("No decisions were made solely by automated means.")
NOBODY_IS = N_("We do not profile people.")
NOBODY_WAS = N_("We did not profile people.")
_SAFEGUARDS: Mapping[str, str] = {
    "adequacy-decision": N_("adequacy decision of the European Commission"),
    "standard-contractual-clauses": N_(
        "standard contractual clauses of the European Commission"
    ),
    "binding-corporate-rules": N_("binding corporate rules"),
    "other": N_("other safeguard"),
}
