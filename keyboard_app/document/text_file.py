"""A text with what a file needs to know about it, and the rules by which bytes become text and text bytes."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from enum import Enum


class Encoding(Enum):
    """The encodings that are recognised; the value is what Python calls it."""

    UTF_8 = "utf-8"
    UTF_8_WITH_MARK = "utf-8-sig"
    UTF_16_LITTLE = "utf-16-le"
    UTF_16_BIG = "utf-16-be"
    WINDOWS_1252 = "cp1252"
    LATIN_1 = "latin-1"

    @property
    def label(self) -> str:
        """Return the name that users know."""
        return _LABELS[self]


_LABELS = {
    Encoding.UTF_8: "UTF-8",
    Encoding.UTF_8_WITH_MARK: "UTF-8",
    Encoding.UTF_16_LITTLE: "UTF-16",
    Encoding.UTF_16_BIG: "UTF-16",
    Encoding.WINDOWS_1252: "Western European",
    Encoding.LATIN_1: "Western European",
}
_MARKS = (
    (codecs.BOM_UTF8, Encoding.UTF_8_WITH_MARK),
    (codecs.BOM_UTF16_LE, Encoding.UTF_16_LITTLE),
    (codecs.BOM_UTF16_BE, Encoding.UTF_16_BIG),
)
_MARK_OF = {encoding: mark for mark, encoding in _MARKS}


class LineEnding(Enum):
    """What ends a line in the file; in the editor it is always a line feed."""

    LF = "\n"
    CRLF = "\r\n"
    CR = "\r"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text as the editor holds it, and how it is spelled on disk."""

    text: str
    encoding: Encoding = Encoding.UTF_8
    line_ending: LineEnding = LineEnding.LF
    notice: str = ""
    """What the user should know about the way it was read; empty where all is well."""


def decode(data: bytes) -> TextFile:
    """Return the text in ``data``; raise ValueError with a reason if it is not text."""
    encoding = _marked_encoding(data)
    if encoding is not None:
        body = data[len(_MARK_OF[encoding]) :]
        try:
            text = body.decode("utf-8" if encoding is Encoding.UTF_8_WITH_MARK else encoding.value)
        except UnicodeDecodeError as error:
            raise ValueError(f"it is damaged {encoding.label} text") from error
        return _with_plain_line_ends(TextFile(text, encoding))
    if b"\0" in data or _looks_binary(data):
        raise ValueError("it is not a text file")
    try:
        return _with_plain_line_ends(TextFile(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _with_plain_line_ends(_decode_western(data))


def encode(file: TextFile) -> bytes:
    """Return the bytes of ``file``; raise UnicodeEncodeError where its encoding lacks a character."""
    text = file.text.replace("\n", file.line_ending.value)
    if file.encoding is Encoding.UTF_8_WITH_MARK:
        return codecs.BOM_UTF8 + text.encode("utf-8")
    return _MARK_OF.get(file.encoding, b"") + text.encode(file.encoding.value)


def _marked_encoding(data: bytes) -> Encoding | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _looks_binary(data: bytes) -> bool:
    """Tell whether control characters are more than a slip."""
    sample = data[:8_192]
    n_controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in sample)
    return n_controls * 50 > len(sample)


def _decode_western(data: bytes) -> TextFile:
    for encoding in (Encoding.WINDOWS_1252, Encoding.LATIN_1):
        try:
            text = data.decode(encoding.value)
        except UnicodeDecodeError:
            continue
        return TextFile(text, encoding, notice="It is not UTF-8, so it was read as Western European (Latin-1) text.")
    raise AssertionError("every byte is Latin-1")


def _with_plain_line_ends(file: TextFile) -> TextFile:
    n_crlf = file.text.count("\r\n")
    counts = {
        LineEnding.LF: file.text.count("\n") - n_crlf,
        LineEnding.CRLF: n_crlf,
        LineEnding.CR: file.text.count("\r") - n_crlf,
    }
    ending = max(counts, key=lambda kind: counts[kind])
    notice = file.notice
    if sum(count > 0 for count in counts.values()) > 1:
        notice = f"{notice} Its line ends are mixed; saving makes them alike.".strip()
    text = file.text.replace("\r\n", "\n").replace("\r", "\n")
    return replace(file, text=text, line_ending=ending, notice=notice)
