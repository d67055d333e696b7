"""The dates a warning notice sets going, and the days on which somebody should be reminded of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from steward.regimes.notices import NoticeDefinition
from steward.regimes.working_days import WorkingDays, months_after

_REMIND_WORKING_DAYS = (5, 1)
_REMIND_WINDOW_DAYS = (30, 10)


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that ends on a day, in words, with the days to remind of it, earliest first."""

    name: str
    ends_on: date
    reminders: tuple[date, ...]
    unverified: str = ""

    def ended(self, on: date) -> bool:
        """Return whether the last day has passed."""
        return on > self.ends_on


@dataclass(frozen=True, slots=True)
class NoticeDates:
    """When a notice was given, and what has been settled about its period since.

    `compliance_end` is the day set in the notice, where the giver sets it; `confirmed_on` the day on which
    a notice was confirmed after representations.
    """

    given_on: date
    compliance_end: date | None = None
    confirmed_on: date | None = None


def period_end(dates: NoticeDates, *, rules: NoticeDefinition, days: WorkingDays) -> date:
    """Return the last day of the compliance period.

    Under the rules to 17 April 2016 it is the fifteenth working day after the notice, or after it was
    confirmed; later it is the day set in the notice. Raises ValueError where that day is not set, and
    OutsideCalendar.
    """
    if rules.period.working_days is not None:
        return days.after(dates.confirmed_on or dates.given_on, working_days=rules.period.working_days)
    if dates.compliance_end is None:
        raise ValueError("The notice does not say when the compliance period ends.")
    return dates.compliance_end


def clocks_of(dates: NoticeDates, *, rules: NoticeDefinition, days: WorkingDays) -> tuple[Clock, ...]:
    """Return the clocks of a notice in the order in which they end. Raises as `period_end` does."""
    end = period_end(dates, rules=rules, days=days)
    fixed = rules.period.fixed_by == "law" and dates.confirmed_on is None
    period = Clock(
        "Initial period for representations and compliance" if fixed else "Compliance period",
        end,
        (
            *(days.before(end, working_days=count) for count in _REMIND_WORKING_DAYS),
            end + timedelta(days=1),
        ),
    )
    window_end = months_after(end, months=rules.window_months)
    window = Clock(
        "Time for powers that must be used within two months",
        window_end,
        tuple(window_end - timedelta(days=count) for count in _REMIND_WINDOW_DAYS),
        unverified=rules.unverified,
    )
    return (period, window)
