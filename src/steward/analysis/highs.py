"""The solver HiGHS, made so that it prints nothing.

It greets on standard output when callbacks are enabled, which its own constructor does before any option can
be set; so the option is set there.
"""

import highspy

_SILENT = ("output_flag", False)


class QuietHighs(highspy.Highs):
    """HiGHS without its greeting and its log."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name that HiGHS calls
        """Turn its log off, then enable callbacks as HiGHS does."""
        self.setOptionValue(*_SILENT)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
