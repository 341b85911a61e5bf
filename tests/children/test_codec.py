"""Messages as JSON lines, without any process."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.children.programs.echo import TYPES
from tests.children.programs.messages import Said
from vivavoce.children import Codec, Failed
from vivavoce.errors import VivaError
from vivavoce.model import Capture, Sound

ZONES = st.builds(timezone, st.integers(-23, 23).map(lambda hours: timedelta(hours=hours)))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(Mapping, lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=5))
st.register_type_strategy(datetime, st.datetimes(timezones=ZONES))

CODEC = Codec(*TYPES)


@pytest.mark.parametrize("kind", [*TYPES, Failed], ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_type_of_the_model_comes_back_as_it_was_in_one_line(kind: type, data: st.DataObject) -> None:
    message = data.draw(st.from_type(kind))
    line = CODEC.encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    again = CODEC.decode(line)
    assert type(again) is kind
    assert again == message


def test_the_model_is_not_empty_so_that_the_test_above_means_something() -> None:
    names = {kind.__name__ for kind in TYPES}
    assert {"Question", "Take", "Transcript", "Delivery", "Review", "Session", "Sound"} <= names


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"hello\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        b'{"Said":{"text":"half',
        b'{"Said":{}}\n',
        b'{"Said":{"text":1}}\n',
        b'{"Said":{"text":"a"},"Do":{"what":"b"}}\n',
        b'{"Unknown":{}}\n',
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b'{"Said":' + b'{"a":' * 100_000 + b"\n",
    ],
    ids=lambda line: repr(line[:20]),
)
def test_a_line_that_is_no_message_is_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError, match="no message"):
        Codec(Said).decode(line)


def test_a_number_that_is_none_never_arrives_as_a_number() -> None:
    assert CODEC.decode(CODEC.encode(Sound(1.0, None, (), math.nan, None, 0.0, None, None))).peak is None
    with pytest.raises(ValueError, match="no message"):
        CODEC.decode(CODEC.encode(Sound(math.nan, None, (), None, None, 0.0, None, None)))


def test_a_list_where_the_model_has_a_tuple_arrives_as_a_tuple() -> None:
    line = b'{"Capture":{"device":"","rate":8000,"frames":9,"ended":"lost","gaps":[{"at":1,"missing":2}]}}'
    message = CODEC.decode(line)
    assert isinstance(message, Capture)
    assert isinstance(message.gaps, tuple)
    assert message.gaps[0].missing == 2.0


def test_a_file_name_that_is_no_text_is_an_error_with_a_remedy() -> None:
    with pytest.raises(VivaError, match="Rename the file"):
        Codec.encode(Said("answer-\udcff.wav"))


def test_two_messages_of_one_name_cannot_be_told_apart_and_are_refused() -> None:
    other = dataclass(type("Said", (), {"__annotations__": {"text": str}}))
    with pytest.raises(AssertionError, match="told apart by name"):
        Codec(Said, other)
