"""A sealed stream opens as it was written, or not at all."""

from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from request_app.backup.stream import (
    CHUNK,
    TAG,
    OpeningReader,
    SealingWriter,
    StreamBrokenError,
)

KEY = b"\x07" * 32
SEALED = CHUNK + TAG
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]


def sealed(data):
    out = BytesIO()
    writer = SealingWriter(out, KEY)
    writer.write(data)
    writer.finish()
    return out.getvalue()


def opened(stream, size, key=KEY):
    reader = OpeningReader(BytesIO(stream), key)
    data = reader.read(size)
    assert reader.line(10) == b""
    return data


@pytest.mark.parametrize("size", SIZES)
def test_a_stream_opens_as_it_was_written(size):
    data = bytes(number % 251 for number in range(size))

    assert opened(sealed(data), size) == data


@given(parts=st.lists(st.binary(max_size=300), max_size=30))
def test_it_does_not_matter_in_what_parts_it_is_written(parts):
    out = BytesIO()
    writer = SealingWriter(out, KEY)
    for part in parts:
        writer.write(len(part).to_bytes(2) + part)
    writer.finish()
    reader = OpeningReader(BytesIO(out.getvalue()), KEY)

    assert [reader.read(int.from_bytes(reader.read(2))) for _ in parts] == parts


def test_lines_and_bytes_take_turns_across_chunks():
    line = b"x" * (CHUNK - 3)
    reader = OpeningReader(BytesIO(sealed(line + b"\nabc\ndef" + line + b"\n")), KEY)

    assert reader.line(CHUNK) == line
    assert reader.read(4) == b"abc\n"
    assert reader.line(2 * CHUNK) == b"def" + line
    assert reader.line(10) == b""


def changed(stream):
    return stream[:SEALED] + bytes([stream[SEALED] ^ 1]) + stream[SEALED + 1 :]


def swapped(stream):
    return stream[SEALED : 2 * SEALED] + stream[:SEALED] + stream[2 * SEALED :]


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(changed, id="a bit changed"),
        pytest.param(swapped, id="parts that changed places"),
        pytest.param(lambda stream: stream[:-1], id="the last byte cut"),
        pytest.param(lambda stream: stream[: 2 * SEALED], id="the last part cut"),
        pytest.param(lambda stream: stream[:SEALED], id="two parts cut"),
        pytest.param(lambda _: b"", id="all cut"),
        pytest.param(lambda stream: stream + b"x", id="something added"),
        pytest.param(lambda stream: stream[SEALED:], id="the beginning cut"),
        pytest.param(lambda stream: stream + stream, id="doubled"),
    ],
)
def test_a_stream_that_is_another_one_is_refused(harm):
    stream = sealed(bytes(2 * CHUNK + 10))

    with pytest.raises(StreamBrokenError):
        opened(harm(stream), 2 * CHUNK + 10)


def test_another_key_opens_nothing():
    with pytest.raises(StreamBrokenError):
        opened(sealed(b"abc"), 3, key=b"\x08" * 32)
