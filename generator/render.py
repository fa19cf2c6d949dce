"""The template environment of a language, shared by site, request form and desk."""

import re
from functools import cache, lru_cache
from pathlib import Path

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown import markdown
from markupsafe import Markup

from generator.formatting import Formatter
from generator.languages import catalogue
from generator.processing_table import recipients
from generator.resources import TEMPLATES, TRANSLATIONS

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd"),
    *("blockquote", "strong", "em", "code", "pre", "a", "sup", "sub"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@cache
def environment(language: str, translations: Path = TRANSLATIONS) -> Environment:
    """Return the environment whose texts and filters are in a language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(disabled_extensions=["txt"], default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    messages = catalogue(language, translations)
    made.install_gettext_translations(messages, newstyle=True)  # type: ignore[attr-defined]
    made.globals["language"] = language
    made.filters.update(Formatter(language, messages).filters())
    made.filters.update(
        gettext=messages.gettext,
        phone_link=phone_link,
        recipients=recipients,
        rich=rich,
        web_link=web_link,
    )
    return made


@lru_cache(maxsize=4096)  # the texts on the whole notice are on every page
def rich(text: str) -> Markup:
    """Turn an author's Markdown into safe HTML.

    Markdown lets raw HTML and `javascript:` through, so its result is sanitised. There
    are no pictures: one from another host would tell that host who reads the notice.
    """
    html = markdown(text, extensions=["tables", "sane_lists"])
    return Markup(  # noqa: S704 - sanitised here
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "*": {"lang"}},
            url_schemes={"https", "http", "mailto", "tel"},
            link_rel=None,
        ).strip()
    )


def web_link(address: str) -> str:
    """Return the link for a web address as people write it: with scheme and IDNA."""
    scheme, _, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    name, colon, port = host.partition(":")
    ascii_name = name.encode("idna").decode()
    return f"{scheme or 'https'}://{ascii_name}{colon}{port}{slash}{path}"


def phone_link(number: str) -> str:
    return "tel:" + re.sub(r"[^\d+]", "", number)
