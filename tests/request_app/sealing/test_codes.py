import math

import pytest
from hypothesis import given, strategies as st

from request_app.sealing import (
    CodeMistypedError,
    Keyring,
    Place,
    access_code,
    new_code,
    new_nonce,
    new_reference,
    nonce_hash,
    read_code,
    read_reference,
    seal,
    unseal,
)
from request_app.sealing.codes import ALPHABET, SECRET_CHARACTERS

NONCE = bytes(range(16))
CODE = access_code(NONCE, b"digest")


def test_a_code_is_the_same_on_every_machine_and_in_every_version():
    assert str(CODE) == "B9LL-8SWE-XDZN-4N8M-G9ZX-5TUT-5N7C"


def test_the_code_follows_from_nonce_and_content():
    assert access_code(NONCE, b"digest") == CODE
    assert access_code(NONCE, b"other") != CODE
    assert access_code(b"x" * 16, b"digest") != CODE


def test_a_code_holds_128_bits_at_least():
    assert SECRET_CHARACTERS * math.log2(len(ALPHABET)) >= 128
    with pytest.raises(ValueError, match="128 bits"):
        access_code(b"short", b"digest")


def test_no_character_can_be_taken_for_another():
    assert not set("O0I1") & set(ALPHABET)
    assert not set("O0I1") & set("".join(new_reference() for _ in range(200)))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(str, id="as printed"),
        pytest.param(str.lower, id="lower case"),
        pytest.param(lambda text: text.replace("-", ""), id="without groups"),
        pytest.param(lambda text: f"  {text.replace('-', ' ')} ", id="spaces"),
        pytest.param(lambda text: text.replace("-", "–"), id="other dashes"),
    ],
)
def test_a_code_is_read_however_it_is_typed(change):
    assert read_code(change(str(CODE))) == CODE


@given(st.text())
def test_other_text_is_mistyped_and_never_another_error(typed):
    with pytest.raises(CodeMistypedError):
        read_code(typed)


@pytest.mark.parametrize("place", range(0, 34, 5))
def test_a_mistyped_code_is_told_from_a_wrong_one(place):
    text = str(CODE)
    wrong = text[:place] + ("2" if text[place] != "2" else "3") + text[place + 1 :]

    with pytest.raises(CodeMistypedError):
        read_code(wrong)


def test_only_the_holder_of_the_code_opens_what_was_sealed_to_it():
    place = Place("messages", "for_person", "1")
    envelope = seal(b"question", key=CODE.key.public, place=place)

    ring = Keyring([read_code(str(CODE)).key])

    assert unseal(envelope, ring=ring, place=place) == b"question"


def test_neither_hash_nor_repr_tells_the_code():
    assert CODE.hash != nonce_hash(NONCE)
    assert CODE.secret not in repr(CODE) + CODE.hash


def test_new_codes_nonces_and_references_differ():
    assert new_code() != new_code()
    assert new_nonce() != new_nonce()
    assert new_reference() != new_reference()


def test_a_reference_is_read_however_it_is_typed():
    reference = new_reference()

    assert read_reference(reference.lower().replace("-", " ")) == reference
    assert len(reference) == 9
