"""The notice: readable, with storage times, and its law checked recently."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.content.problems import ContentError
from request_app import retention
from request_app.health.findings import Finding, fault, good, warning
from request_app.published import Edition, Published

LAW_HOLDS = timedelta(days=400)  # it is checked once a year


def readable(published: Published) -> Edition | None:
    try:
        return published.edition()
    except (ContentError, OSError):
        return None


def reading(published: Published) -> Finding:
    """Whether a program that starts now could read the notice."""
    if readable(published) is None:
        return fault(
            "notice",
            "The notice cannot be read: form and desk that start now stay closed, and "
            "no mails go out. Run python -m generator check in its folder.",
        )
    return good("notice", "The notice is read.")


def examine(published: Published, today: date) -> Iterator[Finding]:
    yield reading(published)
    edition = readable(published)
    if edition is None:
        return
    yield from _times(edition)
    checked = edition.content.law.checked_on
    says = f"What the notice says of the law was checked on {checked}."
    if today - checked > LAW_HOLDS:
        yield warning("law", f"{says} Install a newer version.")
    else:
        yield good("law", says)


def _times(edition: Edition) -> Iterator[Finding]:
    """Whether the worker can delete by the storage times of the notice."""
    try:
        times = retention.times_of(edition.content.registers)
    except retention.RetentionError as error:
        for each in error.faults:
            yield fault("retention", f"{each} Mend it: nothing is deleted meanwhile.")
        return
    if times is None:
        yield warning(
            "retention",
            f"The notice has no register {retention.REGISTER}, so no request is ever "
            "deleted. Add it to content/registers/, with its times.",
        )
        return
    yield good("retention", "Requests are deleted by the notice's own times.")
    if not retention.tells_that_trail_stays(edition.content.registers):
        yield warning(
            "retention",
            f"The register {retention.REGISTER} does not say that the audit trail "
            "stays. Add audit_trail to its retention, with a criterion and no number.",
        )
