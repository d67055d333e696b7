"""Ask for known weaknesses in what we depend on; say so plainly where that cannot be asked."""

import json
import subprocess
import sys


def main() -> int:
    """Return 1 when a dependency has a known weakness, else 0; a check not run is never called clean."""
    asked = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip_audit",
            "--progress-spinner",
            "off",
            "--format",
            "json",
            "--skip-editable",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        sys.stdout.write("pip-audit did not run: the service it asks could not be reached.\n")
        return 0
    audited = [package for package in packages if "vulns" in package]
    weak = [package for package in audited if package["vulns"]]
    for package in weak:
        names = ", ".join(found["id"] for found in package["vulns"])
        sys.stdout.write(f"{package['name']} {package['version']} has known weaknesses: {names}\n")
    if not audited:
        sys.stdout.write("pip-audit did not run: the package index answered for no package.\n")
    else:
        sys.stdout.write(
            f"pip-audit asked about {len(audited)} of {len(packages)} packages; {len(weak)} weak.\n"
        )
    return 1 if weak else 0


if __name__ == "__main__":
    raise SystemExit(main())
