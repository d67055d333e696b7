"""Whatever a file holds, it is read or refused with a sentence: never any other exception."""

import gzip
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steward.analysis.sources import catalogue, reading, recognition, screening
from steward.analysis.sources.reading import UnreadableFile
from steward.analysis.sources.recognition import NotRecognised
from steward.analysis.sources.screening import Context, ScreeningReport

SOURCES = catalogue.read_sources()
seeded = settings(
    derandomize=True,
    database=None,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

ABSENCE = ["LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"]
ROWS = [["383", "4106", str(107833 + number), "4.9", "11.2"] for number in range(30)]
FOOT = [["NAT", "PRI", "", "4.0", "8.2"], ["NAT", "SEC", "", "5.5", "13.7"]]
KNOWN = [107833 + number for number in range(30)]
SOUND = "\n".join(",".join(record) for record in [ABSENCE, *ROWS, *FOOT]) + "\n"


def taken_in(content: bytes, *, name: str) -> ScreeningReport | str:
    """Return the report, or the sentence of the refusal."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "2018-2019" / name
        path.parent.mkdir()
        path.write_bytes(content)
        try:
            found = reading.peek(path)
            told = recognition.recognise(found, sources=SOURCES)
            published = reading.read(found, layout=told.layout)
        except (UnreadableFile, NotRecognised) as refused:
            return _sentence(refused, name=name)
        report = screening.screen(published, told, context=Context(known_urns=frozenset(KNOWN)))
        assert ScreeningReport.from_json(report.as_json()) == report
        return report


def _sentence(refused: Exception, *, name: str) -> str:
    assert name in str(refused)
    return str(refused)


@seeded
@given(st.binary(max_size=2_000), st.sampled_from(["a.csv", "a.csv.gz", "a.txt", "a.xlsx", "a.parquet"]))
def test_random_bytes(content, name):
    taken_in(content, name=name)


@seeded
@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]))
def test_random_text_below_a_known_header(text, encoding):
    content = (SOUND + text).encode(encoding, errors="replace")
    taken_in(content, name="abs.csv")


@seeded
@given(st.integers(min_value=0))
def test_half_a_gzip(cut):
    packed = gzip.compress(SOUND.encode())
    taken_in(packed[: cut % len(packed)], name="abs.csv.gz")


@seeded
@given(st.integers(min_value=1, max_value=len(SOUND) - 1))
def test_half_a_file_is_never_without_a_word(cut):
    """But for the last row of England, whose end nothing else tells."""
    told = taken_in(SOUND[:cut].encode(), name="abs.csv")
    has_england = "NAT,PRI,,4.0,8" in SOUND[:cut]
    assert isinstance(told, str) or told.verdict is not screening.Verdict.PASS or has_england


@seeded
@given(st.randoms(use_true_random=False), st.integers(min_value=1, max_value=30))
def test_random_edits_of_a_sound_file(chance: random.Random, edits):
    content = bytearray(SOUND.encode())
    for _ in range(edits):
        place = chance.randrange(len(content))
        content[place : place + chance.randrange(3)] = chance.choice(
            [b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"\xa3", b"SUPP", b"-", b"%", b"", b"9999999999"]
        )
    taken_in(bytes(content), name="abs.csv")


@seeded
@given(st.permutations(ABSENCE))
def test_swapped_headers_are_refused_or_failed_unless_only_names_alike_were_swapped(header):
    content = "\n".join(",".join(record) for record in [header, *ROWS, *FOOT]) + "\n"
    told = taken_in(content.encode(), name="abs.csv")
    if header.index("URN") != ABSENCE.index("URN"):
        assert isinstance(told, ScreeningReport)
        assert told.verdict is screening.Verdict.FAIL


@seeded
@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12))
def test_random_tables(records):
    content = "\n".join(",".join(record) for record in records)
    taken_in(content.encode(errors="replace"), name="table.csv")
