"""What is handed over is sealed, has a limit, and stays as it was delivered."""

import pytest
from hypothesis import given, strategies as st

from request_app.cases.delivery import answer_package
from request_app.cases.delivery.answer_package import (
    DeliveredError,
    TooBigError,
    file_name,
)
from request_app.sealing import Keyring, OpeningKey, SealingError
from request_app.store.database import reading, writing
from tests.support.actions import acting, action
from tests.support.delivered_answers import (
    LETTER,
    RING,
    SHEET,
    delivered,
    filed,
    packed,
)


@pytest.fixture
def package(engine):
    case, _ = filed(engine)
    with acting(engine) as action:
        return packed(action, case)


def opened(engine, package, ring=RING):
    with reading(engine) as connection:
        own = answer_package.ring_of(action(connection, keyring=lambda: ring), package)
        return [
            (file.name, answer_package.open_file(connection, file, own))
            for file in answer_package.files_of(connection, package.id, own)
        ]


def test_the_desk_opens_what_it_packed(engine, package):
    assert opened(engine, package) == [
        ("vastaus.txt", LETTER.encode()),
        ("tietosi.csv", SHEET),
    ]


def test_another_key_opens_nothing(engine, package):
    with pytest.raises(SealingError):
        opened(engine, package, Keyring([OpeningKey.generate()]))


def test_a_file_is_taken_out_again(engine, package):
    with acting(engine) as action:
        connection, ring = action.connection, answer_package.ring_of(action, package)
        [letter, _] = answer_package.files_of(connection, package.id, ring)
        assert answer_package.remove_file(connection, package, letter.id)
        assert not answer_package.remove_file(connection, package, letter.id)
        answer_package.add_file(connection, package, "uusi.txt", b"Uusi")

    assert [name for name, _ in opened(engine, package)] == ["tietosi.csv", "uusi.txt"]


def test_too_much_is_refused_with_the_room_that_is_left(engine, package, monkeypatch):
    monkeypatch.setattr(answer_package, "MOST_BYTES", 100)
    taken = len(LETTER.encode()) + len(SHEET)

    with pytest.raises(TooBigError) as refused, writing(engine) as connection:
        answer_package.add_file(connection, package, "iso.bin", b"x" * 101)

    assert refused.value.room == 100 - taken
    assert len(opened(engine, package)) == 2


def test_twenty_megabytes_go_in_whole(engine, package):
    big = b"x" * (answer_package.MOST_BYTES - len(LETTER.encode()) - len(SHEET))
    with writing(engine) as connection:
        answer_package.add_file(connection, package, "iso.bin", big)

    assert opened(engine, package)[-1] == ("iso.bin", big)


def test_what_is_delivered_does_not_change(engine):
    case, _ = filed(engine)
    package, *_ = delivered(engine, case)

    for change in (
        lambda connection: answer_package.add_file(connection, package, "a.txt", b"a"),
        lambda connection: answer_package.remove_file(connection, package, "x"),
    ):
        with pytest.raises(DeliveredError), writing(engine) as connection:
            change(connection)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Tietosi äö 2026.pdf", "Tietosi äö 2026.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("kuva\u202egpj.exe", "kuvagpj.exe"),
        ('a"b\r\nSet-Cookie: x.txt', "a_bSet-Cookie_ x.txt"),
        (".. .", "_"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_name_can_be_saved_anywhere(given, kept):
    assert file_name(given) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_a_short_one_that_stays(given):
    name = file_name(given)

    assert 0 < len(name) <= answer_package.LONGEST_NAME
    assert name.isprintable()
    assert file_name(name) == name
