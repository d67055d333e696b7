"""Rules about the text of the code: sizes, privacy of screens, operations, words that must not appear."""

import ast
import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
FUNCTION_LINES = 40
FILE_LINES = 400


def _identity(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_identity)
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= FILE_LINES, "find the missing noun and split the file"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{node.name} has {lines} lines"


def test_screens_are_private_to_their_app():
    graph = grimp.build_graph("steward")
    for module in graph.modules:
        found = re.fullmatch(r"steward\.(\w+)\.(views|forms|urls)(\..*)?", module)
        if found is None:
            continue
        for importer in graph.find_modules_that_directly_import(module):
            assert importer.split(".")[1] in (found[1], "config"), f"{importer} imports {module}"


def test_across_apps_only_queries_operations_and_models_are_used():
    apps = {
        "audit",
        "access",
        "register",
        "evidence",
        "equality",
        "early_warning",
        "categorisation",
        "support",
        "reminders",
        "pages",
    }
    open_names = {"queries", "operations", "models", "permissions", "guards", "roles", "catalogues"}
    graph = grimp.build_graph("steward")
    for module in graph.modules:
        parts = module.split(".")
        if len(parts) < 3 or parts[1] not in apps:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            target = imported.split(".")
            if len(target) >= 3 and target[1] in apps and target[1] != parts[1]:
                assert target[2] in open_names, (
                    f"{module} imports {imported}, which is private to {target[1]}"
                )


_BUILDERS = {"generations.py", "__init__.py"}
"""Modules that build what the operations beside them make live, and change nothing on their own."""


def _operations() -> list[Path]:
    single = (ROOT / "src/steward").glob("*/operations.py")
    folders = (ROOT / "src/steward").glob("*/operations/*.py")
    return [path for path in (*single, *folders) if "audit" not in path.parts and path.name not in _BUILDERS]


@pytest.mark.parametrize("path", _operations(), ids=_identity)
def test_every_public_operation_takes_an_actor(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = [argument.arg for argument in node.args.kwonlyargs]
            assert "actor" in names, f"{node.name} does not say who acts"


@pytest.mark.parametrize("path", _operations(), ids=_identity)
def test_every_module_of_operations_records_in_the_audit_log(path):
    text = path.read_text(encoding="utf-8")
    assert "audit.record(" in text or "stepping.recorded(" in text


def test_nothing_names_a_place_on_this_machine():
    places = (f"{ROOT}/", f"{ROOT.parent / 'shared'}/", f"{Path.home()}/")
    kinds = {".py", ".md", ".yaml", ".toml", ".html", ".scss", ".json", ".yml", ""}
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if not path.is_file() or path.suffix not in kinds or path == Path(__file__):
            continue
        if {".git", ".venv", "node_modules", "var", "build", "screenshots", "built"} & set(inside):
            continue
        if inside[0].endswith("_cache") or ".hypothesis" in inside:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not any(place in text for place in places), path
