"""What the documents say about the tree is true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_paths_in_a_document_exist(path):
    for named in re.findall(
        r"[`(]((?:src|tests|docs|benchmarks)/[\w./-]*|[A-Z_]+\.md)[`)]", path.read_text()
    ):
        assert (ROOT / named).exists(), f"{path.name} names {named}, which is not there"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 60


def test_decision_records_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    for path in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        assert path.read_text().startswith(f"# {int(path.name[:4])}. ")
