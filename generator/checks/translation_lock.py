"""The source text from which each translation was made: `content/translations.lock`.

When a source changes and its translation does not, the translation is stale until it
changes too, or someone confirms that it still says the same.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.content import problems
from generator.content.locations import Location, Locations
from generator.content.reader import CONTENT, SITE, Content

FILE = f"{CONTENT}/translations.lock"

Lock = Mapping[str, Mapping[str, tuple[str, str]]]  # by file and key: source, digest


class Translation(NamedTuple):
    """A text of the organisation in one language, and its source text."""

    path: str
    key: str
    language: str
    source: str
    text: str
    location: Location

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()[:16]

    @property
    def record(self) -> tuple[str, str]:
        return self.source, self.digest

    def recorded(self, lock: Lock) -> tuple[str, str] | None:
        return lock.get(self.path, {}).get(self.key)

    def is_stale(self, lock: Lock) -> bool:
        """Whether the source has changed since it was recorded, but not this text."""
        made = self.recorded(lock)
        return made is not None and made[0] != self.source and made[1] == self.digest


def source_language(content: Content) -> str:
    return content.site.authoritative_language or content.site.default_language


def translations(content: Content, locations: Locations) -> Iterator[Translation]:
    """Yield every text and page in each language other than the source language."""
    source = source_language(content)
    others = [each for each in content.site.languages if each != source]
    for located in locations.texts():
        for language in others if located.path != SITE else ():
            yield Translation(
                located.path,
                f"{located.key}:{language}",
                language,
                located.text[source],
                located.text[language],
                locations.of(located.text, language),
            )
    for versions in content.pages.values():
        for language in others:
            page = versions[language]
            original = _whole(versions[source].title, versions[source].markdown)
            text = _whole(page.title, page.markdown)
            location = Location(page.path, 1, 1)
            yield Translation(page.path, language, language, original, text, location)


def _whole(title: str, markdown: str) -> str:
    return f"# {title}\n{markdown}"


def read_lock(root: Path) -> Lock | None:
    """Read the lock file; without one, None: nothing is compared."""
    file = root / FILE
    if not file.exists():
        return None
    try:
        return {
            path: {key: (made[0], made[1]) for key, made in keys.items()}
            for path, keys in json.loads(file.read_text(encoding="utf-8")).items()
        }
    except (ValueError, AttributeError, LookupError, TypeError) as error:
        problem = problems.Problem(
            FILE, 1, 1, "syntax", {"detail": type(error).__name__}
        )
        raise problems.ContentError([problem]) from error


def confirmed(found: Iterable[Translation], lock: Lock, path: str) -> Lock:
    """Record all translations that are not stale, or that lie under the path."""
    new: dict[str, dict[str, tuple[str, str]]] = {}
    for each in found:
        made = each.recorded(lock)
        if made is None or not each.is_stale(lock) or _under(each.path, path):
            made = each.record
        new.setdefault(each.path, {})[each.key] = made
    return new


def _under(path: str, above: str) -> bool:
    return above in {"", "."} or path == above or path.startswith(f"{above}/")


def write_lock(root: Path, lock: Lock) -> None:
    text = json.dumps(lock, ensure_ascii=False, indent=1, sort_keys=True)
    (root / FILE).write_text(text + "\n", encoding="utf-8")
