"""Files as they arrive: what kind they are, their bytes within a limit, their text and its encoding."""

import codecs
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

LIMIT_BYTES = 1_000_000_000
"""The most a file may hold once unpacked, unless the caller allows more or less."""
HEAD_BYTES = 262_144
_CHUNK = 1 << 20
_BELIEVABLE_PACKING = 100
_SMALL_ENOUGH = 64_000_000


class UnreadableFile(ValueError):
    """The file cannot be read as published data; the message is a sentence saying why and what to do."""


class Form(StrEnum):
    """The kinds of file that are read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    OBJECTS = "json"


_FORMS = {
    ".csv": Form.TEXT,
    ".txt": Form.TEXT,
    ".tsv": Form.TEXT,
    ".xlsx": Form.WORKBOOK,
    ".xlsm": Form.WORKBOOK,
    ".parquet": Form.PARQUET,
    ".json": Form.OBJECTS,
    ".geojson": Form.OBJECTS,
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or a workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or a password-protected file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)


def form_of(path: Path) -> Form:
    """Return what kind of file `path` is by its name, or raise UnreadableFile."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    last = suffixes[-1] if suffixes else ""
    if last == ".gz":
        last = suffixes[-2] if len(suffixes) > 1 else ""
    if last == ".zip":
        raise UnreadableFile(f"{path.name} is a zip archive: unpack it and load the files it holds.")
    if last in (".xls", ".ods"):
        raise UnreadableFile(f"{path.name} is in an old form of spreadsheet: save it as .xlsx or as CSV.")
    if last not in _FORMS:
        raise UnreadableFile(
            f"{path.name} is not a kind of file that holds published tables: "
            "give .csv, .csv.gz, .txt, .xlsx or .parquet."
        )
    return _FORMS[last]


def is_packed(path: Path) -> bool:
    """Return whether the file is packed with gzip, by its name."""
    return path.suffix.lower() == ".gz"


def size_of(path: Path, *, limit_bytes: int) -> int:
    """Return the size of the file in bytes, without reading it.

    Raises UnreadableFile when it is not there, is empty or is larger than `limit_bytes`.
    """
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise UnreadableFile(f"{path.name} cannot be opened: {fault.strerror}.") from fault
    if not path.is_file():
        raise UnreadableFile(f"{path.name} is not a file.")
    if size == 0:
        raise UnreadableFile(f"{path.name} is empty: download it again.")
    if size > limit_bytes:
        raise _too_large(path, limit_bytes)
    return size


def _too_large(path: Path, limit_bytes: int) -> UnreadableFile:
    return UnreadableFile(
        f"{path.name} holds more than {limit_bytes / 1_000_000:,.0f} MB, the most that is read: "
        "no publication of schools is so large. Check that it is the right file."
    )


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if is_packed(path):
            with gzip.open(path, "rb") as packed:
                yield cast("IO[bytes]", packed)
        else:
            with path.open("rb") as stream:
                yield stream
    except EOFError as fault:
        raise UnreadableFile(
            f"{path.name} is half a gzip file: it stops before its end. Download it again."
        ) from fault
    except (zlib.error, gzip.BadGzipFile) as fault:
        raise UnreadableFile(f"{path.name} is not a sound gzip file: download it again.") from fault
    except OSError as fault:
        raise UnreadableFile(f"{path.name} cannot be opened: {fault.strerror}.") from fault


def head_of(path: Path) -> bytes:
    """Return the first 256 kB of the file, unpacked."""
    with _opened(path) as stream:
        return stream.read(HEAD_BYTES)


def bytes_of(path: Path, *, limit_bytes: int) -> bytes:
    """Return the whole file, unpacked; raises UnreadableFile as soon as it passes `limit_bytes`.

    A packed file that grows beyond 64 MB and a hundredfold is taken for a bomb: published tables
    pack five to twentyfold.
    """
    size = size_of(path, limit_bytes=limit_bytes)
    if not is_packed(path):
        with _opened(path) as stream:
            return stream.read()
    believable = max(size * _BELIEVABLE_PACKING, _SMALL_ENOUGH)
    chunks: list[bytes] = []
    held = 0
    with _opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            held += len(chunk)
            if held > min(limit_bytes, believable):
                raise _too_large(path, min(limit_bytes, believable))
            chunks.append(chunk)
    return b"".join(chunks)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file as it is on disk, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def refuse_other_kinds(head: bytes, *, name: str) -> None:
    """Raise UnreadableFile when `head`, the first bytes of a text file, is of another kind of file."""
    start = head[:16].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, kind in _MAGIC:
        if head.startswith(magic) or start.startswith(magic):
            raise UnreadableFile(f"{name} is {kind}, not a table of text: load the table it came from.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    controls = sum(head.count(code) for code in _CONTROLS)
    if b"\x00" in head or controls * 100 > len(head):
        raise UnreadableFile(f"{name} is not text: it holds bytes that no table of text has.")


_CONTROLS = [bytes([code]) for code in (*range(1, 9), *range(14, 32))]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, the encoding in which it was written, and how many characters were lost."""

    content: str
    encoding: str
    lost: int = 0


def text_of(content: bytes, *, name: str, whole: bool = True) -> Text:
    """Return the text of `content`: UTF-16 by its mark, else strictly UTF-8, else Windows-1252.

    Not guessed from the letters: guessers take GIAS downloads for cp1250. `whole` is False for the
    beginning of a file, which may end inside a character.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(content, name=name, whole=whole)
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = decoder.decode(body, final=whole)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        return Text(text, "cp1252", text.count("\ufffd"))
    return Text(text, "utf-8-sig" if len(body) < len(content) else "utf-8")


def _utf16(content: bytes, *, name: str, whole: bool) -> Text:
    decoder = codecs.getincrementaldecoder("utf-16")("strict")
    try:
        return Text(decoder.decode(content, final=whole), "utf-16")
    except UnicodeDecodeError as fault:
        raise UnreadableFile(
            f"{name} says it is UTF-16 but is not, from byte {fault.start} on: download it again."
        ) from fault
