"""Templates in the language of a page: one environment for site, form and desk."""

import re
from functools import cache, lru_cache
from pathlib import Path

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown import markdown
from markupsafe import Markup

from generator.languages import catalogue
from generator.resources import TEMPLATES, TRANSLATIONS
from generator.table import recipients
from generator.words import Words

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd"),
    *("blockquote", "strong", "em", "code", "pre", "a", "sup", "sub"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@cache
def environment(language: str, translations: Path = TRANSLATIONS) -> Environment:
    """Return the templates in a language, with the filters that write it."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(disabled_extensions=["txt"], default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    texts = catalogue(language, translations)
    made.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    made.globals["language"] = language
    made.filters.update(Words(language, texts).filters())
    made.filters.update(
        gettext=texts.gettext,
        phone_link=phone_link,
        recipients=recipients,
        rich=rich,
        web_link=web_link,
    )
    return made


@lru_cache(maxsize=4096)  # what the notice says as a whole stands on every page
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
    scheme, _, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    name, colon, port = host.partition(":")
    ascii_name = name.encode("idna").decode()
    return f"{scheme or 'https'}://{ascii_name}{colon}{port}{slash}{path}"


def phone_link(number: str) -> str:
    return "tel:" + re.sub(r"[^\d+]", "", number)
