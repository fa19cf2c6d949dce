"""The settings: environment variables SELOSTE_*, read once when a program starts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from request_app.workdays import EVES, Eve

PREFIX = "SELOSTE_"
LONGEST_AIM = 28  # days; the shortest month
SMTP_SCHEMES = ("smtp", "smtp+tls", "smtps", "console")


class SettingsError(Exception):
    """The settings cannot be used; the error has every fault, each a sentence."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of an installation."""

    content: Path
    database_url: str = field(repr=False)  # it may hold a password
    form_keys: Path
    desk_keys: Path
    site_url: str
    form_url: str
    hosts: tuple[str, ...]
    proxies: int
    hour_limit: int
    day_limit: int
    smtp: str = field(repr=False)  # it may hold a password
    mail_from: str
    aim_days: int
    working_eves: frozenset[Eve]
    team: tuple[str, ...]
    digest_hour: int
    check_form: bool
    desk_url: str
    desk_hosts: tuple[str, ...]
    backups: Path
    insecure_http: bool
    one_user: bool

    @property
    def mail_domain(self) -> str:
        return self.mail_from.rpartition("@")[2]


class Variable(NamedTuple):
    """One setting: its default, its meaning, and the function that reads it."""

    default: str
    meaning: str
    read: Callable[[str], object]


def read(environ: Mapping[str, str]) -> Settings:
    """Read all settings; raise SettingsError with all faults at once."""
    settings, faults = survey(environ)
    if faults:
        raise SettingsError(faults)
    return settings


def survey(environ: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Read all settings, with defaults for invalid ones, and list all faults."""
    faults = list(_unknown(environ))
    values: dict[str, Any] = {}
    for name, variable in VARIABLES.items():
        given = environ.get(PREFIX + name.upper()) or variable.default
        try:
            values[name] = variable.read(given)
        except ValueError as error:
            faults.append(f"{PREFIX}{name.upper()}: {error}")
            values[name] = variable.read(variable.default)
    return Settings(**values), faults


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    """Report mistyped names, which would silently leave the default in force."""
    known = [PREFIX + name.upper() for name in VARIABLES]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.8)
            hint = f" Did you mean {near[0]}?" if near else ""
            yield f"{name}: there is no such setting.{hint}"


def _database_url(text: str) -> str:
    """Read a database address; errors do not repeat it: it may have a password."""
    try:
        backend = make_url(text).get_backend_name()
    except ArgumentError as error:
        raise ValueError("this is no address of a database.") from error
    if backend not in {"sqlite", "postgresql"}:
        raise ValueError("the address begins with sqlite: or postgresql:.")
    return text


def _address(text: str) -> str:
    if text and not text.startswith(("https://", "http://", "/")):
        raise ValueError(f"“{text}” begins with neither https:// nor /.")
    return text and text.rstrip("/") + "/"


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host for host in (each.strip() for each in text.split(",")) if host)


def _smtp(text: str) -> str:
    """Read a database address; errors do not repeat it: it may have a password."""
    parts = urlsplit(text)
    if parts.scheme not in SMTP_SCHEMES:
        raise ValueError(f"the address begins with {' or '.join(SMTP_SCHEMES)}:.")
    if parts.scheme != "console" and not parts.hostname:
        raise ValueError("the address names no server.")
    return text


def _mail_from(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError(
            f"“{text}” is no e-mail address of the form name@example.com."
        ) from error


def _team(text: str) -> tuple[str, ...]:
    """Read addresses separated by commas, each once."""
    given = (each.strip() for each in text.split(","))
    return tuple(dict.fromkeys(_mail_from(each) for each in given if each))


def _choice(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(f"“{text}” is neither yes nor no.")
    return text == "yes"


def _number(least: int, most: int) -> Callable[[str], int]:
    def read_number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"“{text}” is not a number between {least} and {most}.")
        return int(text)

    return read_number


def _yes(text: str) -> bool:
    if text not in {"", "yes"}:
        raise ValueError(f"“{text}” is not yes; leave it out otherwise.")
    return text == "yes"


def _working_eves(text: str) -> frozenset[Eve]:
    eves = {eve.strip() for eve in text.split(",")} - {""}
    if unknown := eves - EVES:
        raise ValueError(
            f"“{', '.join(sorted(unknown))}” is not among {', '.join(sorted(EVES))}."
        )
    return cast("frozenset[Eve]", frozenset(eves))


VARIABLES: dict[str, Variable] = {
    "content": Variable(
        ".", "The folder with site.yaml and content/: the notice itself.", Path
    ),
    "database_url": Variable(
        "sqlite:///var/seloste.sqlite3",
        "The database: an SQLite file, or postgresql://user@host/name.",
        _database_url,
    ),
    "form_keys": Variable(
        "var/form", "The folder with the form's public key and its secret.", Path
    ),
    "desk_keys": Variable("var/desk", "The folder with the desk's private keys.", Path),
    "site_url": Variable(
        "", "Where the notice is; without it, base_url of site.yaml.", _address
    ),
    "form_url": Variable(
        "", "Where the form is; without it, request_form of site.yaml.", _address
    ),
    "hosts": Variable(
        "localhost,127.0.0.1",
        "The host names at which the form answers, with commas between.",
        _hosts,
    ),
    "proxies": Variable(
        "0", "How many proxies of your own stand before the form.", _number(0, 5)
    ),
    "hour_limit": Variable(
        "20",
        "How many requests one network may send in an hour.",
        _number(1, 1_000_000),
    ),
    "day_limit": Variable(
        "1000", "How many requests are taken in a day at most.", _number(1, 1_000_000)
    ),
    "smtp": Variable(
        "smtp://localhost:25",
        "The mail server: smtp://, smtp+tls:// or smtps://user:password@host:port; "
        "console: shows mails instead of sending them.",
        _smtp,
    ),
    "mail_from": Variable(
        "seloste@localhost.localdomain", "The address that mails come from.", _mail_from
    ),
    "aim_days": Variable(
        "14",
        "In how many days the desk itself means to answer.",
        _number(1, LONGEST_AIM),
    ),
    "working_eves": Variable(
        "", "Eves that count as working days: midsummer, christmas.", _working_eves
    ),
    "team": Variable(
        "",
        "To whom the morning digest goes: addresses with commas between.",
        _team,
    ),
    "digest_hour": Variable(
        "7",
        "From which hour on, in Finland, the digest of a working day is sent.",
        _number(0, 23),
    ),
    "check_form": Variable(
        "yes", "Whether the digest looks if the form answers: yes or no.", _choice
    ),
    "desk_url": Variable(
        "", "Where the desk is, for the links that commands print.", _address
    ),
    "desk_hosts": Variable(
        "localhost,127.0.0.1",
        "The host names at which the desk answers, with commas between.",
        _hosts,
    ),
    "backups": Variable("var/backups", "The folder that back-ups go to.", Path),
    "insecure_http": Variable(
        "", "yes: form and desk may be at an address without https.", _yes
    ),
    "one_user": Variable(
        "",
        "yes: the form may run as a user who can read the private keys. For a trial.",
        _yes,
    ),
}
