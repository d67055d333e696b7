"""The solver HiGHS, made so that it prints nothing and works in one thread.

It greets on standard output when callbacks are enabled, which its own constructor does before any option can
be set; so options are set there. All solvers of a process share their threads: one that asks for another
number than the first solves nothing, so every one asks for the same.
"""

import highspy

_OPTIONS = (("output_flag", False), ("threads", 1))


class QuietHighs(highspy.Highs):
    """HiGHS without its greeting and its log, in one thread."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name that HiGHS calls
        """Set what every solver here needs, then enable callbacks as HiGHS does."""
        for name, value in _OPTIONS:
            self.setOptionValue(name, value)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
