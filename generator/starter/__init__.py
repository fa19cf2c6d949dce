"""The first files of a new organisation, with nothing in them that is invented."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.content import faults
from generator.content.reader import CONTENT, SITE
from generator.content.site import BaseUrl

LANGUAGES = ("fi", "en")  # the files below have texts in these
TITLES = {"fi": "Tietosuojaseloste", "en": "Privacy notice"}
REGISTER = f"{CONTENT}/registers/data-protection-requests.yaml"

_FILES = (SITE, f"{CONTENT}/controller.yaml", f"{CONTENT}/notice.yaml", REGISTER)


def starter_files(
    *, name: str, languages: Sequence[str], base_url: str
) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file."""
    texts = {
        "<name>": _quoted(name),
        "<languages>": ", ".join(languages),
        "<language>": languages[0],
        "<base_url>": base_url,
        "<title>": _in_each({each: TITLES[each] for each in languages}),
        "<text>": _in_each(dict.fromkeys(languages, "…")),
    }
    for path in _FILES:
        text = Path(__file__).with_name(Path(path).name).read_text(encoding="utf-8")
        for mark, value in texts.items():
            text = text.replace(mark, value)
        yield path, text


def as_name(given: str) -> str:
    """Accept a name on one line; raise a fault if it is empty."""
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise faults.new("blank")
    return name


def as_languages(given: str) -> tuple[str, ...]:
    """Accept “fi, en”; raise a fault for a language that the product does not have."""
    languages = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", given.lower())))
    unknown = [each for each in languages if each not in LANGUAGES]
    if unknown or not languages:
        value = unknown[0] if unknown else given
        raise faults.new("no_catalogue", value=value, known=LANGUAGES)
    return languages


def as_base_url(given: str) -> str:
    """Accept a web address, with https:// or without."""
    full = given if "://" in given else f"https://{given.strip()}"
    try:
        return TypeAdapter(BaseUrl).validate_python(full)
    except ValidationError:
        raise faults.new("not_a_web_address", value=given) from None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _in_each(texts: dict[str, str]) -> str:
    words = ", ".join(f"{language}: {text}" for language, text in texts.items())
    return f"{{{words}}}"
