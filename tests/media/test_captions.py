"""Captions: of a WebVTT file only times and words go out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.media import BadCaptionsError, read_captions


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "molen.vtt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes) -> str:
    return read_captions(written(folder, text))


ONE = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHallo\n"


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        "\ufeffWEBVTT made by Piet\r\n\r\n00:01.000 --> 00:02.500\r\nHallo\r\n",
        "WEBVTT\nKind: captions\n\nNOTE\ndoor Piet\n\n00:01.000 --> 00:02.500\nHallo",
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.500\nHallo\n",
        "WEBVTT\n\nnaam van Piet\n00:01.000 --> 00:02.500 line:0 align:start\n<v Piet>Hal</v>lo\n",
        "WEBVTT\n\n00:01.000\t-->\t00:02.500\n<c.rood><00:01.500>Hallo</c>\n\n\n\n",
    ],
)
def test_only_times_and_words_are_left(tmp_path: Path, text: str) -> None:
    assert ONE == read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("Hallo", 1),
        ("WEBVTTX", 1),
        ("WEBVTT\n", 1),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nHallo", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n00:61.000 --> 00:62.000\nHallo", 6),
        ("WEBVTT\n\nHallo\nallemaal", 4),
        ("WEBVTT\n\nHallo", 4),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff", 1),
        ("WEBVTT\n\n" + "x" * 600_000, 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    with pytest.raises(BadCaptionsError) as refused:
        read(tmp_path, text)
    assert line == refused.value.line
    assert refused.value.message
    assert refused.value.hint


parts = st.sampled_from(
    [
        "WEBVTT\n\n",
        "\n",
        "\n\n",
        "NOTE",
        "a",
        "<v Piet>",
        "<",
        "-->",
        "00:01.000",
        " --> ",
        "00:02.000",
    ]
)


@given(text=st.one_of(st.binary(max_size=60), st.lists(parts, max_size=20).map("".join)))
def test_nothing_surprises_it_and_what_it_writes_it_reads_again(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    folder = tmp_path_factory.mktemp("captions")
    try:
        made = read(folder, text)
    except BadCaptionsError:
        return
    assert made == read(folder, made)
    assert "NOTE" not in made.split("\n\n")
    assert "<v" not in made
