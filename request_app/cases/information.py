"""What a person who asks for their data is told besides: GDPR Art. 15(1)(a)–(h), 15(2).

A draft made from the notice of the day of receipt. The notice speaks of everybody and
the answer of one person, so who got the data is told by name (C-154/21), and what the
notice does not tell becomes a prompt that keeps the letter from being sent.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.content.law import Law
from generator.content.model import (
    Disclosure,
    Purpose,
    Register,
    Safeguard,
    Source,
)
from generator.content.parts import NotApplicableReason
from generator.languages import N_, catalogue
from generator.words import Words as InWords
from request_app.cases.gaps import NOBODY, WHETHER
from request_app.cases.letters import listed, prompt
from request_app.cases.said import (
    disclosures,
    id_of,
    name_of,
    partners,
    periods,
    said,
    time_of,
)
from request_app.published import Kept


def access_information(  # noqa: PLR0913 - the notice, and what was found out since
    kept: Kept,
    registers: Iterable[Register],
    language: str,
    *,
    law: Law | None = None,
    got: Mapping[str, bool] | None = None,
    names: Mapping[str, str] | None = None,
    erased: Collection[str] = (),
) -> str:
    """Write the draft. `got` and `names` go by the recipients’ ids in the plan.

    Of the registers in `erased` no data are left: it is told how it was. How to
    complain (Art. 15(1)(f)) stands in every answer, beside it.
    """
    told = _Told(kept, language, law or kept.law, got or {}, names or {}, erased)
    return "\n\n".join([*map(told.of_register, registers), told.of_all()])


@dataclass(frozen=True)
class _Told:
    kept: Kept
    language: str
    law: Law
    got: Mapping[str, bool]
    names: Mapping[str, str]
    erased: Collection[str]

    def _(self, text: str) -> str:
        return catalogue(self.language).gettext(text)

    @property
    def words(self) -> InWords:
        return InWords(self.language, catalogue(self.language))

    def of_register(self, register: Register) -> str:
        tell: tuple[Callable[[Register], Iterator[str]], ...] = (
            self.purposes,
            self.data,
            self.recipients,
            self.sources,
            self.times,
            self.transfers,
            self.decisions,
        )
        headings = WAS if register.id in self.erased else IS
        name = self._("Register: %(name)s") % {"name": name_of(register, self.language)}
        blocks = [
            f"{self._(heading)}\n{listed(each(register))}"
            for heading, each in zip(headings, tell, strict=True)
        ]
        return "\n\n".join([name, *blocks])

    def of_all(self) -> str:
        return "\n".join(
            [
                self._("Your rights"),
                self._(
                    "You can ask us to correct or erase your data or to restrict their "
                    "use. You can also object to their use."
                ),
            ]
        )

    def purposes(self, register: Register) -> Iterator[str]:
        for each in register.purposes or ():
            yield self._purpose(each)
        if not register.purposes:
            yield prompt(self._("what the data are used for"))

    def _purpose(self, purpose: Purpose) -> str:
        name = said(purpose.name, self.language)
        if purpose.basis is None:
            return name
        basis = self.words.basis_name(purpose.basis)
        if purpose.basis.law:
            basis = f"{basis}, {said(purpose.basis.law, self.language)}"
        return self._("%(purpose)s (basis: %(basis)s)") % {
            "purpose": name,
            "basis": basis,
        }

    def data(self, register: Register) -> Iterator[str]:
        for each in register.data or ():
            yield said(each.name, self.language)
        if not register.data:
            yield prompt(self._("which categories of data"))

    def recipients(self, register: Register) -> Iterator[str]:
        there = [each for each in disclosures(register) if self._may_have(each)]
        joint = [each for each in partners(register) if self._may_have(each)]
        for each in there:
            yield self._recipient(each)
        for party in joint:
            yield party.name
        if there or joint:
            return
        if self._tells_recipients(register):
            yield self._(NOBODY)
        else:
            yield prompt(self._("who has received data, by name"))

    def _may_have(self, recipient: object) -> bool:
        return self.got.get(id_of(recipient), True)  # type: ignore[arg-type]

    def _recipient(self, each: Disclosure) -> str:
        kind = said(each.recipient, self.language)
        name = each.name or self.names.get(id_of(each), "").strip()
        if not name:
            name = prompt(self._("the name of this recipient"))
        told = f"{name} ({kind})"
        unsure = each.certainty == "may-be-disclosed" and id_of(each) not in self.got
        if unsure:
            ask = prompt(self._(WHETHER))
            return f"{told} {ask}"
        return told

    def _tells_recipients(self, register: Register) -> bool:
        nobody = isinstance(register.disclosures, NotApplicableReason)
        return nobody or any(True for _ in disclosures(register))

    def sources(self, register: Register) -> Iterator[str]:
        for each in register.sources or ():
            yield self._source(each)
        if not register.sources:
            yield prompt(self._("where the data come from"))

    def _source(self, source: Source) -> str:
        name = said(source.name, self.language)
        parts = [said(each.name, self.language) for each in source.includes or ()]
        if parts:
            name = f"{name}: {', '.join(parts)}"
        if source.publicly_accessible:
            public = self._("Anyone can read this source.")
            return f"{name}. {public}"
        return name

    def times(self, register: Register) -> Iterator[str]:
        told = [time_of(each, self.language) for each in periods(register)]
        yield from told or [prompt(self._("how long, or what decides how long"))]

    def transfers(self, register: Register) -> Iterator[str]:
        """Where data go, and what protects them there: GDPR Art. 15(2)."""
        there = [each for each in disclosures(register) if self._may_have(each)]
        abroad = [
            each for each in there if each.country and each.country not in self.law.eea
        ]
        for each in abroad:
            yield self._transfer(each)
        if abroad:
            return
        statement = register.transfers or self.kept.notice.transfers
        says = statement.outside_eea if statement else None
        known = self._tells_recipients(register) and all(e.country for e in there)
        if says == "none" or (known and says != "as-a-rule-not"):
            never = NEVER_WENT if register.id in self.erased else NEVER_GO
            yield self._(never)
        else:
            yield prompt(
                self._("whether data go there, to which country and how protected")
            )

    def _transfer(self, each: Disclosure) -> str:
        name = each.name or said(each.recipient, self.language)
        country = self.words.country(str(each.country))
        return "\n  ".join(
            [
                self._("Recipient: %(name)s") % {"name": name},
                self._("Country: %(country)s") % {"country": country},
                self._("Safeguard: %(safeguard)s")
                % {"safeguard": self._safeguard(each.safeguard)},
            ]
        )

    def _safeguard(self, safeguard: Safeguard | None) -> str:
        if safeguard is None:
            return prompt(self._("what protects the data there"))
        told = self._(_SAFEGUARDS[safeguard.kind])
        if safeguard.text:
            told = f"{told}: {said(safeguard.text, self.language)}"
        if safeguard.copy_at:
            copy, told = self._("Copy available:"), told.rstrip(".")
            told = f"{told}. {copy} {said(safeguard.copy_at, self.language)}"
        return told

    def decisions(self, register: Register) -> Iterator[str]:
        """Decisions by machine alone, and profiling: GDPR Art. 15(1)(h)."""
        decisions, profiling = register.automated_decisions, register.profiling
        if decisions is None:
            yield prompt(self._("whether decisions are made by automated means alone"))
        elif isinstance(decisions, str):
            none = NONE_WERE_MADE if register.id in self.erased else NONE_ARE_MADE
            yield self._(none)
        else:
            yield said(decisions.logic, self.language)
            yield said(decisions.significance, self.language)
        if isinstance(profiling, str):
            nobody = NOBODY_WAS if register.id in self.erased else NOBODY_IS
            yield self._(nobody)
        elif profiling is not None:
            yield said(profiling, self.language)


IS = (
    N_("What the data are used for"),
    N_("Which data"),
    N_("Who has received data"),
    N_("Where the data come from"),
    N_("How long the data are kept"),
    N_("Data outside the EU and the EEA"),
    N_("Automated decisions and profiling"),
)
WAS = (
    N_("What the data were used for"),
    N_("Which data there were"),
    N_("Who received data"),
    N_("Where the data came from"),
    N_("How long the data would have been kept"),
    N_("Data outside the EU and the EEA"),
    N_("Automated decisions and profiling"),
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
