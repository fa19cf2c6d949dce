"""Writes dates, addresses, legal bases and retention times in a language."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from gettext import NullTranslations
from typing import Any

from babel.dates import format_date

from generator.content.model import Address, Basis, Period
from generator.content.values import Article6
from generator.languages import N_, locale

# Finns write dates in figures; English and Swedish read better with a month's name.
_DATE_FORMATS = {"fi": "medium"}

_BASES = {
    Article6.CONSENT: N_("consent"),
    Article6.CONTRACT: N_("contract"),
    Article6.LEGAL_OBLIGATION: N_("legal obligation"),
    Article6.VITAL_INTERESTS: N_("vital interests"),
    Article6.PUBLIC_TASK: N_("task in the public interest or official authority"),
    Article6.LEGITIMATE_INTERESTS: N_("legitimate interest"),
}

# What our own register of requests keeps, and from when (`model.RUNS_FROM`), in words
_KEPT = {
    "delivered_package": N_("The copy of your data delivered to you, with attachments"),
    "messages_and_old_values": N_("Messages, and data as they were before correction"),
    "case_and_letters": N_(
        "The request, the record of how it was handled, and our letters"
    ),
    "abuse_limits": N_("First part of the sender’s IP address"),
    "security_log": N_("Log of the use of the request system"),
    "audit_trail": N_("Record of who did what with a request, and when"),
}
_EVENTS = {
    "fetched": N_("after you received the answer"),
    "closed": N_("after the matter was closed"),
    "last_seen": N_("after the last use of the form"),
    "written": N_("after the entry was made"),
}


class Formatter:
    """Writes values in one language; its methods are filters of the templates."""

    def __init__(self, language: str, messages: NullTranslations) -> None:
        self.language = language
        self.messages = messages

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """Return the filters by name."""
        return {
            "address": self.address,
            "article": self.article,
            "basis_name": self.basis_name,
            "country": self.country,
            "date": self.date,
            "duration": self.duration,
            "kept": self.kept,
            "language_name": self.language_name,
            "phone": self.phone,
        }

    def date(self, day: date) -> str:
        form = _DATE_FORMATS.get(self.language, "long")
        return format_date(day, form, locale(self.language))

    def phone(self, number: str) -> str:
        """Write a Finnish number without its country code on Finnish pages."""
        return re.sub(r"^\+358 ", "0", number) if self.language == "fi" else number

    def address(self, place: Address, home: str) -> str:
        """Write an address on one line, with the country if it is not `home`."""
        abroad = self.country(place.country) if place.country != home else None
        town = f"{place.postcode} {place.town}"
        return ", ".join(part for part in (place.street, town, abroad) if part)

    def country(self, code: str) -> str:
        return str(locale(self.language).territories[code])

    def language_name(self, code: str) -> str:
        return str(locale(self.language).languages[code])

    def basis_name(self, basis: Basis) -> str:
        """Return the name that the author gave to a basis, or else that of the law."""
        if basis.name is not None:
            return basis.name[self.language]
        return self.messages.gettext(_BASES[basis.article]) if basis.article else ""

    def article(self, basis: Basis) -> str:
        """Cite Art. 6, and Art. 9 or 10 if one of them applies too."""
        if basis.article is None:
            return ""
        gettext, letter = self.messages.gettext, basis.article.value[-2]
        if basis.condition is None:
            return gettext("GDPR, Article 6(1)(%(letter)s)") % {"letter": letter}
        if basis.condition == "10":
            return gettext("GDPR, Articles 6(1)(%(letter)s) and 10") % {
                "letter": letter
            }
        return gettext("GDPR, Articles 6(1)(%(letter)s) and 9(2)(%(condition)s)") % {
            "letter": letter,
            "condition": basis.condition[-2],
        }

    def kept(self, period: Period) -> str:
        """Write what is kept."""
        if period.text is not None:
            return period.text[self.language]
        return self.messages.gettext(_KEPT[str(period.what)])

    def duration(self, period: Period) -> str:
        """Write how long something is kept, and from when."""
        if period.criterion is not None:
            return period.criterion[self.language]
        return f"{self._time(period)} {self._since(period)}".strip()

    def _time(self, period: Period) -> str:
        ngettext = self.messages.ngettext
        if period.days:
            form = ngettext("%(count)s day", "%(count)s days", period.days)
        elif period.months:
            form = ngettext("%(count)s month", "%(count)s months", period.months)
        else:
            form = ngettext("%(count)s year", "%(count)s years", period.years or 0)
        return form % {"count": period.days or period.months or period.years}

    def _since(self, period: Period) -> str:
        if period.after is None:
            return ""
        if isinstance(period.after, str):
            return self.messages.gettext(_EVENTS[period.after])
        return period.after[self.language]
