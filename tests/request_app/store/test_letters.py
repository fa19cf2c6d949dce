from datetime import timedelta

import pytest

from request_app.cases.letters import archive as kept
from request_app.sealing import Keyring, SealingError
from request_app.store import letters
from request_app.store.database import reading, writing
from request_app.store.values import Correspondent, LetterKind, Way
from tests.support.delivered_answers import RING, filed
from tests.support.filed_requests import DESK_KEY, NOW

WORDS = {"text": "Hei Testi!", "reasons": ["ensimmäinen"]}


def keep(connection, case, **changes):
    options = {
        "kind": LetterKind.ANSWER,
        "way": Way.LETTER,
        "language": "fi",
        "key": DESK_KEY.public,
        "actor": "test",
        "sent_on": NOW.date(),
        "now": NOW,
    }
    return kept.keep(connection, case, WORDS, **options | changes)


def test_letters_are_listed_as_they_were_entered(engine):
    case, _ = filed(engine)
    with writing(engine) as connection:
        later = keep(connection, case, now=NOW + timedelta(days=1), recipient="bank")
        first = keep(connection, case)

    with reading(engine) as connection:
        listed = letters.of_case(connection, case.id)
    assert listed == [first, later]
    assert listed[1].addressee == Correspondent.RECIPIENT


def test_only_the_desk_reads_what_it_wrote(engine):
    case, _ = filed(engine)
    with writing(engine) as connection:
        letter = keep(connection, case)

    assert b"Hei" not in letter.sealed
    assert kept.words_of(letter, RING) == WORDS
    with pytest.raises(SealingError):
        kept.words_of(letter, Keyring([]))
