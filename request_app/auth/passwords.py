"""Passwords: how they are hashed, and which ones are refused.

After OWASP ASVS 5.0, 6.2: long, no rules of composition, taken exactly as typed.
"""

import re
from collections.abc import Iterable
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from generator.languages import N_

FEWEST_CHARACTERS = 15
MOST_BYTES = 256
AT_ONCE = 2  # each hash takes 64 MiB of memory
LEFT_TO_GUESS = 6  # characters in no common word and no pattern
SHORTEST_RUN = 4
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)

TOO_SHORT = N_("The password needs at least 15 characters.")
TOO_LONG = N_("The password is too long: at most 256 bytes.")
TOO_EASY = N_("This password is easy to guess. Choose several words of your own.")

# Our own list: what people use where something long is asked for, in the languages
# of the desk. Of the well-known lists hardly an entry has 15 characters.
COMMON = (
    *("password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "salasana"),
    *("lösenord", "losenord", "tunnussana", "salasanani", "mypassword", "passphrase"),
    *("letmein", "welcome", "tervetuloa", "välkommen", "iloveyou", "rakastan"),
    *("administrator", "admin", "master", "secret", "salainen", "salaisuus", "hemlig"),
    *("changeme", "vaihdatämä", "default", "unknown", "nothing", "whatever", "trustno"),
    *("dragon", "monkey", "football", "jalkapallo", "superman", "batman", "princess"),
    *("summer", "winter", "spring", "autumn", "kesä", "talvi", "kevät", "syksy"),
    *("sommar", "vinter", "sunshine", "aurinko", "perkele", "saatana", "helsinki"),
    *("tampere", "turku", "espoo", "vantaa", "suomi", "finland", "suomen", "tasavalta"),
    *("kirjaudu", "kirjautuminen", "signin", "login", "testi", "testing", "test"),
    *("asianhoitaja", "tietosuoja", "tietosuojavastaava", "privacy", "gdpr"),
    *("correcthorsebatterystaple", "thequickbrownfoxjumpsoverthelazydog"),
    *("thisismy", "thisisa", "tämäon", "minun", "mysecret", "opensesame"),
)
ROWS = (
    "abcdefghijklmnopqrstuvwxyzåäö",
    "qwertyuiopåasdfghjklöäzxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p",
    "01234567890",
)


def weakness_of(password: str, *, context: Iterable[str] = ()) -> str | None:
    """Why a new password is refused; `context` has names that an outsider knows."""
    if len(password) < FEWEST_CHARACTERS:
        return TOO_SHORT
    if len(password.encode()) > MOST_BYTES:
        return TOO_LONG
    if len(_unguessed(password, context)) < LEFT_TO_GUESS:
        return TOO_EASY
    return None


def hash_of(password: str) -> str:
    with _SLOTS:
        return HASHER.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether a password is right; without a stored one it takes just as long."""
    with _SLOTS:
        try:
            right = HASHER.verify(stored or _hash_of_nobody(HASHER), password)
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with other parameters than the current ones."""
    return HASHER.check_needs_rehash(stored)


_SLOTS = BoundedSemaphore(AT_ONCE)


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """A hash that is compared with where an account has no password."""
    return hasher.hash("")


def _unguessed(password: str, context: Iterable[str]) -> str:
    """The rest of a password without common words, runs of keys and repetitions."""
    left = password.casefold()
    known = {word.casefold() for word in (*COMMON, *_words(context))}
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, " ")
    for run in _runs():
        left = left.replace(run, " ")
    left = re.sub(r"[\W\d_]+", " ", left)
    while (shorter := re.sub(r"(.{1,12}?)\1+", r"\1", left)) != left:
        left = shorter
    return left.replace(" ", "")


def _words(context: Iterable[str]) -> Iterable[str]:
    """The names, and each word of them."""
    for name in context:
        for word in (name, *re.split(r"\W+", name)):
            if len(word) >= SHORTEST_RUN:
                yield word


@cache
def _runs() -> tuple[str, ...]:
    """Every run of neighbouring keys or letters, forwards and backwards."""
    found = {
        row[start:end]
        for line in ROWS
        for row in (line, line[::-1])
        for start in range(len(row))
        for end in range(start + SHORTEST_RUN, len(row) + 1)
    }
    return tuple(sorted(found, key=lambda run: (-len(run), run)))
