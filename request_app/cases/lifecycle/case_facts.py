"""The facts that every letter of a case needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from generator.content import reader
from generator.content.law import Law
from generator.content.model import ControllerFile
from generator.formatting import Formatter
from generator.languages import catalogue
from request_app.cases.notice.wording import language_of
from request_app.formatting import day
from request_app.published import Kept
from request_app.store.cases import Case
from request_app.store.values import Right


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts that every letter of a case needs.

    `kept` is the notice of the day of receipt; `now` is today's, which has the current
    addresses.
    """

    case: Case
    rights: frozenset[Right]
    registers: frozenset[str] = frozenset()  # those the person named
    kept: Kept
    today: date
    now: reader.Content | None = None
    to: str = field(default="", repr=False)  # name and address, for paper
    name: str = field(default="", repr=False)  # of the addressee
    whose: str = field(default="", repr=False)  # whose data, where not the reader's
    asked_by: str = field(default="", repr=False)  # who asked, where not the reader
    original_due: date | None = None  # before any pause or extension

    @property
    def language(self) -> str:
        default = self.now.site.default_language if self.now else None
        return language_of(self.case.language, self.kept, default)

    @property
    def law(self) -> Law:
        return self.now.law if self.now else self.kept.law

    @property
    def organisation(self) -> ControllerFile:
        return self.now.organisation if self.now else self.kept.organisation

    @property
    def last_day(self) -> date:
        return self.case.last_day

    @property
    def gettext(self) -> Callable[[str], str]:
        return catalogue(self.language).gettext

    def day(self, value: date) -> str:
        """A day with its weekday, for use after a colon."""
        return day(value, language=self.language)

    def date(self, value: date) -> str:
        """A day within a sentence: Finnish weekdays would need endings."""
        return Formatter(self.language, catalogue(self.language)).date(value)
