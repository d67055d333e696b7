"""Measure rebuild and pupil cube against other programs; then gate, standings, rules, plans, pages."""

from benchmarks import comparison, disclosure, latency, matching, rules
from benchmarks.pupils import compare as pupils
from benchmarks.rebuild import compare


def main() -> int:
    """Run both measurements; return 1 when the programs do not write the same tables."""
    unequal = compare.main()
    unequal += pupils.main([])
    disclosure.main()
    unequal += comparison.main()
    unequal += rules.main()
    unequal += matching.main()
    return latency.main() or unequal


if __name__ == "__main__":
    raise SystemExit(main())
