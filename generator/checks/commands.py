"""The commands of the check: `python -m generator check|translations`."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from gettext import NullTranslations
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from generator.checks import explanations, report, translation_lock
from generator.checks.rules import all_rules
from generator.checks.runner import Step, check
from generator.console import FINDINGS, LANG, ROOT, WRONG_INPUT, fail, print_problems
from generator.content import locations, problems, reader
from generator.languages import N_

MANY = 100  # steps, from which progress is shown


@click.command("check")
@ROOT
@LANG
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=N_("For people, or for programs."),
)
@click.option("--strict", is_flag=True, help=N_("Exit with 1 if there are gaps."))
@click.option("--explain", "rule", metavar="RULE", help=N_("Tell what a rule asks."))
@click.pass_obj
def check_command(
    messages: NullTranslations, root: Path, form: str, *, strict: bool, rule: str | None
) -> None:
    """Tell what the law asks of the notice and it does not say."""
    if rule:
        click.echo(_explanation(rule, messages))
        return
    try:
        content = reader.read_content(root)
        found = check(content, today=_today(), progress=_with_progress)
    except problems.ContentError as error:
        _refuse(error, form, messages)
    _print(found, form, messages)
    if strict and found.gaps:
        sys.exit(FINDINGS)


def exit_if_gaps(content: reader.Content, messages: NullTranslations) -> None:
    """Report the gaps and exit with 1, if there are any."""
    found = check(content, today=_today(), progress=_with_progress)
    if found.gaps:
        _print(found, "text", messages)
        click.echo(messages.gettext("Nothing was published."), err=True)
        sys.exit(FINDINGS)


@click.command("translations")
@ROOT
@LANG
@click.option(
    "--confirm",
    "path",
    metavar="PATH",
    help=N_("Say that the translations in this file, or folder, are up to date."),
)
@click.pass_obj
def translations_command(
    messages: NullTranslations, root: Path, path: str | None
) -> None:
    """Tell which translations are older than their source, or confirm them."""
    try:
        content = reader.read_content(root)
        lock = translation_lock.read_lock(root) or {}
    except problems.ContentError as error:
        _refuse(error, "text", messages)
    found = [*translation_lock.translations(content, locations.Locations(content))]
    if path is not None:
        lock = translation_lock.confirmed(found, lock, _within(path, root))
        translation_lock.write_lock(root, lock)
    stale = [each for each in found if each.is_stale(lock)]
    for each in stale:
        click.echo(":".join(map(str, each.location)))
    message = messages.ngettext(
        "%(count)s translation is older than its source.",
        "%(count)s translations are older than their source.",
        len(stale),
    )
    click.echo(message % {"count": len(stale)})


def _within(path: str, root: Path) -> str:
    """Accept a path relative to the root, or to the current folder."""
    given = Path(path)
    if not (root / given).exists() and given.resolve().is_relative_to(root.resolve()):
        given = given.resolve().relative_to(root.resolve())
    return given.as_posix()


def _explanation(name: str, messages: NullTranslations) -> str:
    known = {rule.id: rule for rule in all_rules()}
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.3)
        hint = messages.gettext(" Did you mean “%s”?") % near[0] if near else ""
        message = messages.gettext("There is no rule “%(name)s”.%(hint)s")
        fail(message % {"name": name, "hint": hint})
    return explanations.explain(known[name], messages)


def _print(found: report.CheckReport, form: str, messages: NullTranslations) -> None:
    if form == "json":
        click.echo(report.as_json(found.findings, messages))
    else:
        for line in report.as_text(found, messages):
            click.echo(line)


def _refuse(
    error: problems.ContentError, form: str, messages: NullTranslations
) -> NoReturn:
    """Report what cannot be read, in the requested format, and exit with 2."""
    if form == "json":
        click.echo(report.problems_as_json(error.problems, messages))
    else:
        print_problems(error.problems, messages)
    sys.exit(WRONG_INPUT)


def _today() -> date:
    return datetime.now(tz=UTC).astimezone(ZoneInfo("Europe/Helsinki")).date()


def _with_progress(steps: Sequence[Step]) -> Iterator[Step]:
    """Show progress on a terminal when there is much to do."""
    hidden = len(steps) < MANY or not sys.stderr.isatty()
    with click.progressbar(steps, file=sys.stderr, hidden=hidden) as bar:
        yield from bar
