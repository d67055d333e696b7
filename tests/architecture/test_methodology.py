"""What docs/methodology says is what the definitions and the spec tables say now."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from spec.print_examples import examples
from steward.command.methodology import documents

FOLDER = Path(__file__).resolve().parents[2] / "docs/methodology"
NAMES = (
    "accountability.md",
    "comparators.md",
    "decisions.md",
    "disclosure.md",
    "early-warning.md",
    "forecast.md",
    "gaps.md",
    "indicators.md",
    "inspection-frameworks.md",
    "missing-values.md",
    "policies.md",
    "publications.md",
    "reminders.md",
    "rules-by-example.md",
    "support.md",
    "uncertainty.md",
)

FROM_REAL_FILES = ("policy-2014-case.md",)
"""Printed from published files by commands of their own; tests that have the files hold them."""


@cache
def printed() -> dict[str, str]:
    return {**documents(), "rules-by-example.md": examples()}


@pytest.fixture(autouse=True)
def _only_what_is_shipped():
    if settings.STEWARD_DEFINITIONS:
        pytest.skip("STEWARD_DEFINITIONS adds definitions of an authority to those that are printed here")


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_what_would_be_printed_now(name):
    committed = (FOLDER / name).read_text(encoding="utf-8")
    # Lines are compared one by one, since a difference of two long texts takes minutes to print.
    pairs = zip(committed.splitlines(), printed()[name].splitlines(), strict=False)
    differing = [f"now: {new}\nwas: {old}" for old, new in pairs if old != new]
    assert not differing, f"{name} is out of date: run make methodology. First difference:\n{differing[0]}"
    assert len(committed) == len(printed()[name]), f"{name} is out of date: run make methodology."


def test_every_document_is_printed_and_named_in_the_readme():
    assert sorted(printed()) == list(NAMES)
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(["README.md", *NAMES, *FROM_REAL_FILES])
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*NAMES, *FROM_REAL_FILES) if f"({name})" not in readme] == []


def test_every_link_between_the_documents_leads_somewhere():
    anchors = {name: set(re.findall(r'<a id="([^"]+)"', text)) for name, text in printed().items()}
    for name, text in printed().items():
        for target, anchor in re.findall(r"\]\(([\w-]+\.md)?(?:#([\w-]+))?\)", text):
            there = anchors[target or name]
            assert not anchor or anchor in there, f"{name} leads to {target}#{anchor}, which is not there"


def test_no_line_of_a_table_is_broken():
    for name, text in printed().items():
        widths = [
            {line.replace(r"\|", "").count("|") for line in block.splitlines()}
            for block in text.split("\n\n")
            if block.startswith("|")
        ]
        assert all(len(each) == 1 for each in widths), name
