"""Attack everything that an installation shows of groups of pupils, and print what could be worked out.

Run: STEWARD_HOME=FOLDER python -m tests.audit_disclosure [AUTHORITY [INDICATOR ...]]
Exits with 1 when anything is recovered.
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steward.config.settings")


def main(arguments: list[str]) -> int:
    """Attack every measure and year held, of the schools of one authority or of all of England."""
    django.setup()
    from factories.published_attack import recovered, shown_of  # noqa: PLC0415 - needs Django
    from steward.evidence import catalogues, engine  # noqa: PLC0415
    from steward.evidence.queries import releases  # noqa: PLC0415

    authority, wanted = (arguments[0] if arguments else ""), arguments[1:]
    folder, policy = releases.current_folder(), catalogues.disclosure_policy()
    values = engine.table(folder / "values.parquet")
    about = [name for name, one in catalogues.indicators().items() if one.group]
    chosen = values.filter(values.indicator.isin(wanted or about) & (values.status == "known"))
    pairs = engine.connection().to_pyarrow(chosen.select("indicator", "period").distinct()).to_pylist()
    total = 0
    for indicator, period in sorted((one["indicator"], one["period"]) for one in pairs):
        shown = shown_of(folder, indicator=indicator, period=period)
        found = recovered(shown, policy=policy, within=authority)
        inside = [urn for urn in shown.truth if not authority or shown.places.get(urn, ("",))[0] == authority]
        withheld = [urn for urn in inside if urn not in shown.value_shown]
        told = f"{len(inside):,} figures of schools, {len(withheld):,} withheld, {len(found)} recovered"
        print(f"{indicator} {period}: {told}", flush=True)  # noqa: T201
        total += len(found)
    return 1 if total else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
