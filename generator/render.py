"""Templates in the language of a page: one environment for site, form and desk."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import markdown
from markupsafe import Markup

from generator.content.model import Basis, Period
from generator.content.values import Article6
from generator.languages import N_, catalogue, locale
from generator.resources import TEMPLATES, TRANSLATIONS
from generator.table import recipients

# Finns write dates in figures; English and Swedish read better with the month's name.
_DATE_FORMATS = {"fi": "medium"}

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd"),
    *("blockquote", "strong", "em", "code", "pre", "a", "sup", "sub"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}

_BASES = {
    Article6.CONSENT: N_("consent"),
    Article6.CONTRACT: N_("contract"),
    Article6.LEGAL_OBLIGATION: N_("legal obligation"),
    Article6.VITAL_INTERESTS: N_("vital interests"),
    Article6.PUBLIC_TASK: N_("task in the public interest or official authority"),
    Article6.LEGITIMATE_INTERESTS: N_("legitimate interest"),
}

# What our own register keeps, and from when: the keys of `model.KEPT` in words.
_KEPT = {
    "delivered_package": N_("The answer delivered to you, with attachments"),
    "messages_and_old_values": N_("Messages, and data as they were before correction"),
    "case_and_letters": N_("The request, what was done about it, and our letters"),
    "abuse_limits": N_("First part of the sender’s IP address"),
    "security_log": N_("Log of the use of the request system"),
}
_EVENTS = {
    "fetched": N_("after you received the answer"),
    "closed": N_("after the matter was closed"),
    "last_seen": N_("after the last use of the form"),
    "written": N_("after the entry was made"),
}


@cache
def environment(language: str, translations: Path = TRANSLATIONS) -> Environment:
    """Return the templates in a language, with the filters that write it."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = catalogue(language, translations)
    made.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    made.globals["language"] = language
    made.filters.update(_filters(language, texts.gettext, texts.ngettext))
    return made


def rich(text: str) -> Markup:
    """Turn an author's Markdown into HTML that can do no harm.

    Markdown lets raw HTML and `javascript:` through, so everything is sanitised after.
    No pictures: one from elsewhere would tell that host who reads the notice.
    """
    html = markdown(text, extensions=["tables", "sane_lists"])
    return Markup(  # noqa: S704 - sanitised right here
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "*": {"lang"}},
            url_schemes={"https", "http", "mailto", "tel"},
            link_rel=None,
        ).strip()
    )


def web_link(address: str) -> str:
    """Give a web address as people write it the form that a link needs (IDNA)."""
    scheme, separator, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    name, colon, port = host.partition(":")
    ascii_name = name.encode("idna").decode()
    return f"{scheme or 'https'}://{ascii_name}{colon}{port}{slash}{path}"


def phone_link(number: str) -> str:
    return "tel:" + re.sub(r"[^\d+]", "", number)


def _filters(
    language: str, gettext: Callable[[str], str], ngettext: Callable[..., str]
) -> Mapping[str, Callable[..., Any]]:
    def written_date(day: date) -> str:
        form = _DATE_FORMATS.get(language, "long")
        return format_date(day, form, locale(language))

    def written_phone(number: str) -> str:
        """Write a Finnish number as Finns dial it, on Finnish pages."""
        return re.sub(r"^\+358 ", "0", number) if language == "fi" else number

    def country(code: str) -> str:
        return locale(language).territories[code]

    def basis_name(basis: Basis) -> str:
        if basis.name is not None or basis.article is None:
            return basis.name[language] if basis.name else ""
        return gettext(_BASES[basis.article])

    def article(basis: Basis) -> str:
        if basis.article is None:
            return ""
        letter = basis.article.value[-2]
        return gettext("GDPR, Article 6(1)(%(letter)s)") % {"letter": letter}

    def kept(period: Period) -> str:
        if period.text is not None:
            return period.text[language]
        return gettext(_KEPT[str(period.what)])

    def duration(period: Period) -> str:
        if period.criterion is not None:
            return period.criterion[language]
        return f"{_time(period, ngettext)} {_since(period)}".strip()

    def _since(period: Period) -> str:
        if period.after is None:
            return ""
        if isinstance(period.after, str):
            return gettext(_EVENTS[period.after])
        return period.after[language]

    return {
        "article": article,
        "basis_name": basis_name,
        "country": country,
        "date": written_date,
        "duration": duration,
        "kept": kept,
        "phone": written_phone,
        "phone_link": phone_link,
        "recipients": recipients,
        "rich": rich,
        "web_link": web_link,
    }


def _time(period: Period, ngettext: Callable[..., str]) -> str:
    if period.days:
        form = ngettext("%(count)s day", "%(count)s days", period.days)
    elif period.months:
        form = ngettext("%(count)s month", "%(count)s months", period.months)
    else:
        form = ngettext("%(count)s year", "%(count)s years", period.years or 0)
    return form % {"count": period.days or period.months or period.years}
