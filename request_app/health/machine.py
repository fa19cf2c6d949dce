"""The machine: free disk space, the clock and time zones, the libraries."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from request_app.health.file_status import status_of
from request_app.health.findings import Finding, fault, good, warning
from request_app.workdays import CALENDAR, holidays_of

MEGABYTE = 1024 * 1024
LITTLE, TOO_LITTLE = 1024 * MEGABYTE, 100 * MEGABYTE
ZONE = "Europe/Helsinki"
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
RELEASED = date(2026, 11, 1)  # an earlier clock is wrong
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
LIBRARIES = ("seloste", "flask", "sqlalchemy", "cryptography", "gunicorn", "tzdata")
YEARS_AHEAD = 3


def room(*folders: Path) -> Iterator[Finding]:
    """The free space on the disks of the folders, which are written to."""
    disks = {}
    for folder in folders:
        for each in (folder, *folder.parents):
            if state := status_of(each):
                disks[state.st_dev] = each
                break
    for folder in disks.values():
        free = shutil.disk_usage(folder).free
        says = f"{free // MEGABYTE} MB are free on the disk of {folder}."
        if free < TOO_LITTLE:
            yield fault("disk", f"{says} Make room, or nothing more can be kept.")
        elif free < LITTLE:
            yield warning("disk", f"{says} Make room soon.")
        else:
            yield good("disk", says)


def examine(now: datetime) -> Iterator[Finding]:
    yield _clock(now)
    yield _zone()
    yield _calendar(now.date())
    yield good("versions", _versions())


def _clock(now: datetime) -> Finding:
    if now.date() < RELEASED:
        return fault(
            "clock", f"The clock says {now:%Y-%m-%d}: days would be counted wrong."
        )
    return good("clock", f"It is {now:%Y-%m-%d %H:%M} UTC. Let NTP keep it so.")


def _zone() -> Finding:
    try:
        right = ZoneInfo(ZONE).utcoffset(SUMMER) == timedelta(hours=3)
    except ZoneInfoNotFoundError:
        right = False
    if not right:
        return fault("time zone", f"{ZONE} is not known. Install tzdata.")
    return good("time zone", f"{ZONE} is known.")


def _calendar(today: date) -> Finding:
    """Try the rules for working days in the next years."""
    last = today.year + YEARS_AHEAD
    if not all(holidays_of(year) for year in range(today.year, last + 1)):
        return fault("calendar", f"There are no holidays up to {last}.")
    return good("calendar", f"Days are counted by {CALENDAR}, which has no last year.")


def sqlite() -> Finding:
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return fault("SQLite", f"SQLite {found} is too old: 3.37 has what is needed.")
    return good("SQLite", f"SQLite {found}, with a rollback journal.")


def _versions() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    return ", ".join([f"python {python}", *map(_version, LIBRARIES)])


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} ?"
