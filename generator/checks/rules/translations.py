"""Whether the languages of the site say the same, as far as a program can tell."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from generator.checks.findings import Observation
from generator.checks.notice_view import NoticeView
from generator.checks.registry import NOTICE_RULES, Articles
from generator.checks.translation_lock import FILE, Translation, source_language
from generator.content import locations, model
from generator.languages import locale

_LINK = re.compile(
    r"https?://[^\s)>]+|www\.(?:[\w-]+\.)+[^\W\d_]{2,}|[\w.+-]+@(?:[\w-]+\.)+\w+"
)
_LOWER_WORD = re.compile(r"(?<!\w)[^\W\d_A-ZÅÄÖ]\w+")
_SENTENCE = 3  # words in lower case; fewer may be a name


@NOTICE_RULES.quality("translation-differs", Articles("12(1)"))
def languages_say_the_same(notice: NoticeView) -> Iterator[Observation]:
    """Numbers, dates, links, names and lists are the same in each language."""
    source = source_language(notice.content)
    names = [*_names(notice)]
    features: Mapping[str, Callable[[str, str], list[str]]] = {
        "numbers": numbers,
        "links": _links,
        "names": partial(_named, names),
        "lists": _lists,
    }
    for each in notice.translations:
        for kind, feature in features.items():
            here = feature(each.source, source)
            there = feature(each.text, each.language)
            if kind == "names":  # names may be inflected in the source
                there = [name for name in here if name in there]
            if here != there:
                yield Observation(
                    each.location,
                    variant=kind,
                    source=source,
                    language=each.language,
                    here=", ".join(here) or "–",
                    there=", ".join(there) or "–",
                )


def numbers(text: str, language: str) -> list[str]:
    """Return the numbers of a text, sorted; months of dates are among them."""
    plain = _LINK.sub(" ", text)
    if not any(map(str.isdigit, plain)):
        return []
    months, date = _months(language)
    plain = date.sub(lambda match: f" {months[match['month'].lower()]} ", plain)
    return sorted(each.lstrip("0") or "0" for each in re.findall(r"\d+", plain))


@cache
def _months(language: str) -> tuple[Mapping[str, int], re.Pattern[str]]:
    """Return the months by name, and the pattern of one beside a number."""
    names = locale(language).months
    months = {
        name.lower(): number
        for form in ("format", "stand-alone")
        for number, name in names[form]["wide"].items()
    }
    any_month = "|".join(sorted(months, key=len, reverse=True))
    date = rf"(?:(?<=\d)\.?\s+|\b(?=\w+\s+\d))(?P<month>{any_month})\b"
    return months, re.compile(date, re.IGNORECASE)


def _links(text: str, language: str) -> list[str]:
    del language
    return sorted(link.rstrip(".,;:").lower() for link in _LINK.findall(text))


def _named(names: list[str], text: str, language: str) -> list[str]:
    del language
    return [name for name in names if name in text]


def _lists(text: str, language: str) -> list[str]:
    """Return the marks of headings and list items of a Markdown text."""
    del language
    return re.findall(r"^\s*(#+|[-*]|\d+\.)\s", text, flags=re.MULTILINE)


def _names(notice: NoticeView) -> Iterator[str]:
    controller = notice.content.organisation.controller
    yield controller.name
    if controller.trade_name:
        yield controller.trade_name
    for recipient in notice.content.catalogues.disclosures:
        if recipient.name:
            yield recipient.name
    yield from (party.name for party in _parties(notice))


def _parties(notice: NoticeView) -> Iterator[model.Party]:
    for register in notice.content.registers:
        if register.joint_controllers:
            yield from register.joint_controllers.parties


@NOTICE_RULES.quality("untranslated", Articles("12(1)"))
def each_language_is_that_language(notice: NoticeView) -> Iterator[Observation]:
    """A sentence is not the same in two languages, word for word."""
    for each in notice.translations:
        if each.source == each.text and _is_sentence(each.text):
            source = source_language(notice.content)
            yield Observation(each.location, source=source, language=each.language)


def _is_sentence(text: str) -> bool:
    return len(_LOWER_WORD.findall(_LINK.sub(" ", text))) >= _SENTENCE


@NOTICE_RULES.quality("translation-stale", Articles("12(1)"))
def translations_follow_their_source(notice: NoticeView) -> Iterator[Observation]:
    """When a text changes, its translations change too, or someone confirms them."""
    for each in notice.translations:
        if notice.lock is not None and each.is_stale(notice.lock):
            source = source_language(notice.content)
            was = _short((each.recorded(notice.lock) or ("", ""))[0])
            yield Observation(
                each.location,
                source=source,
                language=each.language,
                was=was,
                path=each.path,
            )


@NOTICE_RULES.quality("translation-unconfirmed", Articles("12(1)"))
def the_lock_knows_all_translations(notice: NoticeView) -> Iterator[Observation]:
    """The lock file knows every translation, so that it can tell when one is stale."""
    lock = notice.lock
    if lock is None:
        return
    new = [each for each in notice.translations if _is_new(each, lock)]
    if new:
        paths = ", ".join(dict.fromkeys(each.path for each in new))
        yield Observation(
            locations.Location(FILE, 1, 1), count=str(len(new)), paths=paths
        )


def _is_new(
    each: Translation, lock: Mapping[str, Mapping[str, tuple[str, str]]]
) -> bool:
    return each.recorded(lock) != each.record and not each.is_stale(lock)


def _short(text: str, limit: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
