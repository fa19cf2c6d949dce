import pytest
from hypothesis import given, strategies as st

from request_app.sealing import (
    EnvelopeBrokenError,
    KeyBrokenError,
    KeyMissingError,
    Keyring,
    OpeningKey,
    Place,
    SealingKey,
    key_id_of,
    seal,
    unseal,
)

PLACE = Place("sealed_parts", "envelope", "row-1")
KEY = OpeningKey(b"\x11" * 32)
RING = Keyring([KEY])
ENVELOPE = seal(b"Testi Testinen", key=KEY.public, place=PLACE)


@given(st.binary(max_size=5000))
def test_what_is_sealed_opens_again(plaintext):
    envelope = seal(plaintext, key=KEY.public, place=PLACE)

    assert unseal(envelope, ring=RING, place=PLACE) == plaintext


def test_the_same_text_is_never_sealed_alike():
    again = seal(b"Testi Testinen", key=KEY.public, place=PLACE)

    assert again != ENVELOPE
    assert b"Testi" not in ENVELOPE


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(PLACE._replace(row="row-2"), id="another row"),
        pytest.param(PLACE._replace(column="name"), id="another column"),
        pytest.param(PLACE._replace(table="outbox"), id="another table"),
    ],
)
def test_an_envelope_moved_elsewhere_stays_shut(place):
    with pytest.raises(EnvelopeBrokenError):
        unseal(ENVELOPE, ring=RING, place=place)


def test_no_two_places_are_bound_alike():
    assert Place("a", "b.c", "d").info != Place("a.b", "c", "d").info


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(b"", id="empty"),
        pytest.param(ENVELOPE[:5], id="cut in its head"),
        pytest.param(ENVELOPE[:20], id="cut in its body"),
        pytest.param(ENVELOPE[:-1] + bytes([ENVELOPE[-1] ^ 1]), id="one bit changed"),
        pytest.param(b"\x02" + ENVELOPE[1:], id="of a version not known"),
    ],
)
def test_a_broken_envelope_is_told(envelope):
    with pytest.raises(EnvelopeBrokenError):
        unseal(envelope, ring=RING, place=PLACE)


def test_the_error_tells_nothing_of_the_row():
    with pytest.raises(EnvelopeBrokenError) as caught:
        unseal(ENVELOPE, ring=RING, place=PLACE._replace(row="row-2"))

    assert str(caught.value) == "The envelope in sealed_parts.envelope does not open."


def test_a_key_that_is_not_on_the_ring_is_named():
    with pytest.raises(KeyMissingError, match=KEY.public.id):
        unseal(ENVELOPE, ring=Keyring([OpeningKey.generate()]), place=PLACE)


def test_a_ring_of_two_opens_what_either_sealed():
    new = OpeningKey.generate()
    ring = Keyring([new, KEY])
    later = seal(b"later", key=new.public, place=PLACE)

    assert unseal(ENVELOPE, ring=ring, place=PLACE) == b"Testi Testinen"
    assert unseal(later, ring=ring, place=PLACE) == b"later"
    assert key_id_of(later) == new.public.id != key_id_of(ENVELOPE)


def test_a_fingerprint_is_eight_groups():
    groups = KEY.public.fingerprint.split()

    assert [len(group) for group in groups] == [4] * 8
    assert KEY.public.fingerprint.replace(" ", "").startswith(KEY.public.id)


def test_a_private_key_does_not_show_itself():
    assert repr(KEY) == "OpeningKey()"


def test_a_key_that_anyone_could_open_is_refused():
    with pytest.raises(KeyBrokenError):
        seal(b"text", key=SealingKey(bytes(32)), place=PLACE)


@pytest.mark.parametrize("kind", [SealingKey, OpeningKey])
def test_a_key_of_another_length_is_refused(kind):
    with pytest.raises(KeyBrokenError):
        kind(b"short")
