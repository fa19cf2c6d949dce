"""The organisation of tests/content, as a copy that a test may change."""

import shutil
from datetime import date
from pathlib import Path

import yaml

from generator.checks.findings import Finding
from generator.checks.report import CheckReport
from generator.checks.runner import check
from generator.content.reader import read_content

SAMPLE = Path(__file__).parents[1] / "content"
TODAY = date(2026, 11, 22)


class EditableOrganisation:
    def __init__(self, root: Path) -> None:
        self.root = shutil.copytree(SAMPLE, root)

    def values(self, path: str):
        text = (self.root / path).read_text(encoding="utf-8")
        return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts only

    def write(self, path: str, values) -> None:
        text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        (self.root / path).write_text(text, encoding="utf-8")

    def change(self, path: str, values, *, without=()) -> None:
        """Replace keys of a file; in a list of entries, those of the same id."""
        if isinstance(values, str):
            values = yaml.load(values, yaml.BaseLoader) or {}  # noqa: S506 - as above
        old = self.values(path)
        new = {**old, **{key: _merged(old.get(key), values[key]) for key in values}}
        self.write(path, {key: new[key] for key in new if key not in without})

    def delete(self, path: str, way: str) -> None:
        """Delete one value, by the keys, ids and numbers that lead to it."""
        values = self.values(path)
        *above, last = way.split("/")
        part = values
        for step in above:
            part = _step(part, step)
        del part[int(last) if isinstance(part, list) else last]
        self.write(path, values)

    def say(self, fi: str, en: str) -> None:
        """Change one sentence of the notice."""
        texts = {"fi": fi, "en": en}
        self.change("content/notice.yaml", {"disclosure_policy": texts})

    def report(self, today: date = TODAY) -> CheckReport:
        return check(read_content(self.root), today=today)

    def findings(self, today: date = TODAY) -> tuple[Finding, ...]:
        return self.report(today).findings

    def rules(self) -> list[str]:
        return [finding.rule for finding in self.findings()]


def _merged(old, new):
    if not (_entries(old) and _entries(new)):
        return new
    by_id = {entry["id"]: entry for entry in new}
    return [by_id.pop(entry["id"], entry) for entry in old] + list(by_id.values())


def _entries(value) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) and "id" in each for each in value
    )


def _step(part, step: str):
    if isinstance(part, dict):
        return part[step]
    if step.isdigit():
        return part[int(step)]
    return next(each for each in part if each["id"] == step)
