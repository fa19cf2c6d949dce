from datetime import timedelta

import pytest

from request_app.cases.letters import archive
from request_app.cases.letters.parts import Letter, Section, render
from request_app.sealing import Keyring, SealingError
from request_app.store import letters
from request_app.store.database import reading, writing
from request_app.store.values import Correspondent, LetterKind, Way
from tests.support.actions import action
from tests.support.delivered_answers import filed
from tests.support.filed_requests import NOW

LETTER = Letter(
    kind=LetterKind.ANSWER,
    language="fi",
    title="Vastaus pyyntöösi",
    sections=(Section("head", "", "Hei Testi!"), Section("own_words", "", "Kiitos.")),
)
WORDS = {"title": LETTER.title, "text": render(LETTER), "own_words": "Kiitos."}


def keep(connection, case, *, at=NOW, recipient=None):
    posting = archive.Posting(Way.LETTER, NOW.date(), recipient)
    return archive.keep(action(connection, at=at), case, LETTER, posting)


def test_letters_are_listed_as_they_were_entered(engine):
    case, _ = filed(engine)
    with writing(engine) as connection:
        later = keep(connection, case, at=NOW + timedelta(days=1), recipient="bank")
        first = keep(connection, case)

    with reading(engine) as connection:
        listed = letters.of_case(connection, case.id)
    assert listed == [first, later]
    assert listed[1].addressee == Correspondent.RECIPIENT


def test_only_the_desk_reads_what_it_wrote(engine):
    case, _ = filed(engine)
    with writing(engine) as connection:
        letter = keep(connection, case)

        assert archive.words_of(action(connection), letter) == WORDS
        stranger = action(connection, keyring=lambda: Keyring([]))
        with pytest.raises(SealingError):
            archive.words_of(stranger, letter)

    assert b"Hei" not in letter.sealed
