"""The languages of pages and messages: English, and each with a gettext catalogue."""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from generator.resources import TRANSLATIONS

SOURCE = "en"

# The country whose conventions apply, where babel assumes another
_LOCALES = {"en": "en_GB", "sv": "sv_FI"}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a text for translation; it is translated where it is shown."""
    return text


def available(translations: Path = TRANSLATIONS) -> frozenset[str]:
    """Return the languages that have a catalogue, and English."""
    return frozenset({SOURCE, *(file.stem for file in translations.glob("*.po"))})


@cache
def catalogue(
    language: str, translations: Path = TRANSLATIONS
) -> gettext.NullTranslations:
    """Return the translations into a language; without a catalogue, none."""
    file = translations / f"{language}.po"
    if not file.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def tool_messages(language: str) -> gettext.NullTranslations:
    """Return the translations of messages to authors and operators."""
    return catalogue(language, TRANSLATIONS / "tools")


def language_of(messages: gettext.NullTranslations) -> str:
    return messages.info().get("language", SOURCE)


@cache
def locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def own_name(language: str) -> str:
    """Return the name of a language in that language: Suomi, Svenska, English."""
    name = Locale.parse(language).get_display_name() or language
    return name[:1].upper() + name[1:]
