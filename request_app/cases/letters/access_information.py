"""The information that goes with a copy of the data: GDPR Art. 15(1)(a)–(h), 15(2).

A draft made from the notice of the day of receipt. The notice is about everybody and
the answer about one person, so recipients are named (C-154/21), and what the notice
does not say becomes a prompt that keeps the letter from being sent.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.content import model
from generator.content.law import Law
from generator.content.values import Text
from generator.formatting import Formatter
from generator.languages import N_, catalogue
from request_app.cases.letters import placeholders
from request_app.cases.notice import plan, wording
from request_app.published import Kept


class Known(NamedTuple):
    """What staff know about this person's data beyond the notice."""

    got: Mapping[str, bool] = {}  # by the ids of recipients in the plan
    names: Mapping[str, str] = {}  # by the same
    erased: Collection[str] = ()  # registers with no data left: in the past tense


def access_information(
    kept: Kept,
    registers: Iterable[model.Register],
    language: str,
    known: Known,
    law: Law,
) -> placeholders.Draft:
    """Write the draft.

    How to complain (Art. 15(1)(f)) is a section of every answer already.
    """
    information = _Information(kept, tuple(registers), language, law, known)
    return placeholders.Draft(tuple(information.blocks()))


@dataclass(frozen=True)
class _Information:
    kept: Kept
    registers: tuple[model.Register, ...]
    language: str
    law: Law
    known: Known

    def gettext(self, text: str) -> str:
        return catalogue(self.language).gettext(text)

    @property
    def words(self) -> Formatter:
        return Formatter(self.language, catalogue(self.language))

    def blocks(self) -> Iterator[placeholders.Block]:
        for register in self.registers:
            yield from self.of_register(register)
        if self.found_by_staff:
            lines = tuple(
                placeholders.line_of(*self._recipient_name(each))
                for each in self.found_by_staff
            )
            yield placeholders.Block(self.gettext(OTHERS), lines)
        yield self.of_all()

    @property
    def found_by_staff(self) -> list[str]:
        """The recipients that got data and that only staff know of."""
        everyone = plan.recipients_of(self.kept.registers, self.language)
        known = {each.id for each in everyone}
        known_to_staff = self.known.got.items()
        return [each for each, got in known_to_staff if got and each not in known]

    def _recipient_name(self, recipient: str) -> Iterator[placeholders.Part]:
        name = self.known.names.get(recipient, "").strip()
        ask = self.gettext("the name of this recipient")
        yield name or placeholders.Gap(
            ("", "name", recipient), ask, self.gettext(OTHERS)
        )

    def of_register(self, register: model.Register) -> Iterator[placeholders.Block]:
        name = self.gettext("Register: %(name)s") % {
            "name": wording.name_of(register, self.language)
        }
        yield placeholders.Block(name)
        write: Mapping[str, Callable[[model.Register], Iterable[placeholders.Line]]] = {
            "purposes": self.purposes,
            "data": self.data,
            "recipients": self.recipients,
            "sources": self.sources,
            "times": self.times,
            "transfers": self.transfers,
            "decisions": self.decisions,
        }
        otherwise = {"recipients": self.no_recipients, "transfers": self.no_transfers}
        for fact, each in write.items():
            none = otherwise[fact](register) if fact in otherwise else None
            yield placeholders.Block(
                self._heading(register, fact), tuple(each(register)), none
            )

    def _heading(self, register: model.Register, fact: str) -> str:
        return self.gettext((WAS if register.id in self.known.erased else IS)[fact])

    def _gap(
        self,
        register: model.Register,
        fact: str,
        asks: str,
        *about: str,
        besides: str = "",
    ) -> placeholders.Gap:
        where = self._heading(register, fact)
        if len(self.registers) > 1:
            where = f"{wording.name_of(register, self.language)}, {where}"
        return placeholders.Gap(
            (register.id, fact, *about), self.gettext(asks), where, besides
        )

    def of_all(self) -> placeholders.Block:
        text = self.gettext(
            "You can ask us to correct or erase your data or to restrict their "
            "use. You can also object to their use."
        )
        return placeholders.Block(
            self.gettext("Your rights"), placeholders.lines_of([text]), listed=False
        )

    def purposes(self, register: model.Register) -> Iterable[placeholders.Line]:
        asks = N_("what the data are used for")
        names = map(self._purpose, register.purposes or ())
        return self._lines_or_gap(names, register, "purposes", asks)

    def _lines_or_gap(
        self, names: Iterable[str], register: model.Register, fact: str, asks: str
    ) -> Iterable[placeholders.Line]:
        return placeholders.lines_of(names) or placeholders.lines_of(
            [self._gap(register, fact, asks)]
        )

    def _purpose(self, purpose: model.Purpose) -> str:
        name = self._with_parts(purpose.name, purpose.includes)
        if purpose.basis is None:
            return name
        basis = self.words.basis_name(purpose.basis)
        if purpose.basis.law:
            basis = f"{basis}, {wording.in_language(purpose.basis.law, self.language)}"
        return self.gettext("%(purpose)s (basis: %(basis)s)") % {
            "purpose": name,
            "basis": basis,
        }

    def _with_parts(self, name: Text, parts: Iterable[Text] | None) -> str:
        """A name with everything that it covers according to the notice."""
        named = [wording.in_language(each, self.language) for each in parts or ()]
        whole = wording.in_language(name, self.language)
        return f"{whole}: {', '.join(named)}" if named else whole

    def data(self, register: model.Register) -> Iterable[placeholders.Line]:
        names = [
            wording.in_language(each.name, self.language)
            for each in register.data or ()
        ]
        asks = N_("which categories of data")
        return self._lines_or_gap(names, register, "data", asks)

    def recipients(self, register: model.Register) -> Iterator[placeholders.Line]:
        for each in self._disclosed(register):
            yield self._recipient(register, each)
        for party in wording.partners(register):
            if self._may_have(party):
                yield placeholders.line_of(party.name)

    def no_recipients(self, register: model.Register) -> placeholders.Line:
        """The line for no recipients, or a gap where the notice is silent."""
        if not wording.tells_recipients(register):
            asks = N_("who has received data, by name")
            return placeholders.line_of(self._gap(register, "recipients", asks))
        others = [each for each in self.registers if each is not register]
        anyone = any(self.known.got.values()) or any(
            any(self.recipients(o)) for o in others
        )
        return placeholders.line_of(self.gettext(NONE_OF_THESE if anyone else NOBODY))

    def _disclosed(self, register: model.Register) -> list[model.Disclosure]:
        return [each for each in wording.disclosures(register) if self._may_have(each)]

    def _may_have(self, recipient: model.Disclosure | model.Party) -> bool:
        return self.known.got.get(wording.id_of(recipient), True)

    def _recipient(
        self, register: model.Register, each: model.Disclosure
    ) -> placeholders.Line:
        kind = f"({wording.in_language(each.recipient, self.language)})"
        name: placeholders.Part = self._name(each) or self._gap(
            register,
            "recipients",
            N_("the name of this recipient"),
            wording.id_of(each),
            "name",
            besides=kind,
        )
        whether = self._whether(register, each)
        if whether is None:
            return placeholders.line_of(name, f" {kind}")
        return placeholders.line_of(name, f" {kind} ", whether, condition=whether)

    def _name(self, each: model.Disclosure) -> str:
        return each.name or self.known.names.get(wording.id_of(each), "").strip()

    def _whether(
        self, register: model.Register, each: model.Disclosure
    ) -> placeholders.Gap | None:
        """A gap for whether it got data, if neither notice nor staff have said so."""
        if (
            each.certainty != "may-be-disclosed"
            or wording.id_of(each) in self.known.got
        ):
            return None
        kind = wording.in_language(each.recipient, self.language)
        besides = f"{self._name(each)} ({kind})".strip()
        asks = N_("whether data of this person were given to it")
        gap = self._gap(
            register, "recipients", asks, wording.id_of(each), "got", besides=besides
        )
        return replace(gap, whether=True)

    def sources(self, register: model.Register) -> Iterable[placeholders.Line]:
        names = map(self._source, register.sources or ())
        asks = N_("where the data come from")
        return self._lines_or_gap(names, register, "sources", asks)

    def _source(self, source: model.Source) -> str:
        parts = [each.name for each in source.includes or ()]
        name = self._with_parts(source.name, parts)
        if source.publicly_accessible:
            public = self.gettext("Anyone can read this source.")
            return f"{name}. {public}"
        return name

    def times(self, register: model.Register) -> Iterable[placeholders.Line]:
        names = [
            wording.time_of(each, self.language) for each in wording.periods(register)
        ]
        asks = N_("how long, or what decides how long")
        return self._lines_or_gap(names, register, "times", asks)

    def transfers(self, register: model.Register) -> Iterator[placeholders.Line]:
        """Where data are transferred, and the safeguards: GDPR Art. 15(2)."""
        for each in self._disclosed(register):
            if each.country and each.country not in self.law.eea:
                yield self._transfer(register, each, each.country)

    def no_transfers(self, register: model.Register) -> placeholders.Line:
        """The line for no transfers, or a gap where there may be some."""
        statement = register.transfers or self.kept.notice.transfers
        says = statement.outside_eea if statement else None
        countries = all(each.country for each in self._disclosed(register))
        known = (
            wording.tells_recipients(register) and countries and not self.found_by_staff
        )
        if says == "none" or (known and says != "as-a-rule-not"):
            never = NEVER_WENT if register.id in self.known.erased else NEVER_GO
            return placeholders.line_of(self.gettext(never))
        asks = N_("whether data go there, to which country and how protected")
        return placeholders.line_of(self._gap(register, "transfers", asks))

    def _transfer(
        self, register: model.Register, each: model.Disclosure, country: str
    ) -> placeholders.Line:
        name = self._name(each) or wording.in_language(each.recipient, self.language)
        gap = self._gap(
            register,
            "transfers",
            N_("what protects the data there"),
            wording.id_of(each),
            besides=f"({name})",
        )
        template = "\n  ".join(
            [
                self.gettext("Recipient: %(name)s"),
                self.gettext("Country: %(country)s"),
                self.gettext("Safeguard: %(safeguard)s"),
            ]
        )
        safeguard = self._safeguard(each.safeguard) if each.safeguard else gap
        land = self.words.country(country)
        parts = placeholders.interpolated(
            template, name=name, country=land, safeguard=safeguard
        )
        return placeholders.line_of(*parts, condition=self._whether(register, each))

    def _safeguard(self, safeguard: model.Safeguard) -> str:
        text = self.gettext(_SAFEGUARDS[safeguard.kind])
        if safeguard.text:
            text = f"{text}: {wording.in_language(safeguard.text, self.language)}"
        if safeguard.copy_at:
            copy, text = self.gettext("Copy available:"), text.rstrip(".")
            where = wording.in_language(safeguard.copy_at, self.language)
            text = f"{text}. {copy} {where}"
        return text

    def decisions(self, register: model.Register) -> Iterator[placeholders.Line]:
        """Automated decisions and profiling: GDPR Art. 15(1)(h)."""
        decisions, profiling = register.automated_decisions, register.profiling
        if decisions is None:
            asks = N_("whether decisions are made by automated means alone")
            yield placeholders.line_of(self._gap(register, "decisions", asks))
        elif isinstance(decisions, str):
            none = NONE_WERE_MADE if register.id in self.known.erased else NONE_ARE_MADE
            yield placeholders.line_of(self.gettext(none))
        else:
            yield placeholders.line_of(
                wording.in_language(decisions.logic, self.language)
            )
            yield placeholders.line_of(
                wording.in_language(decisions.significance, self.language)
            )
        if isinstance(profiling, str):
            nobody = NOBODY_WAS if register.id in self.known.erased else NOBODY_IS
            yield placeholders.line_of(self.gettext(nobody))
        elif profiling is not None:
            yield placeholders.line_of(wording.in_language(profiling, self.language))


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
