"""Write the golden files anew: python -m tests.support.check_golden."""

from datetime import date
from pathlib import Path

from generator.checks import report
from generator.checks.runner import check
from generator.content.reader import read_content
from generator.languages import tool_messages

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "generator" / "checks"


def golden(language: str) -> tuple[Path, str]:
    """Give the report on the first content, and the file that keeps it."""
    found = check(read_content(ROOT), today=date(2026, 11, 22))
    lines = report.as_text(found, tool_messages(language))
    name = "golden.txt" if language == "en" else f"golden.{language}.txt"
    return FOLDER / name, "\n".join(lines) + "\n"


if __name__ == "__main__":
    for file, text in map(golden, ("en", "fi")):
        file.write_text(text, encoding="utf-8")
