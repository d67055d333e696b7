"""Income, expenditure and balance of maintained schools, of the financial years 2013-14 to 2017-18."""

import numpy as np

from steward.sample.arrays import Floats, Ints
from steward.sample.england import England
from steward.sample.files import Writer, rows_of
from steward.sample.kinds import ACADEMY_TYPES, INSPECTED_KINDS, SECONDARY_KINDS, Kind, is_one_of
from steward.sample.printing import same, trimmed, whole


def write_finance(writer: Writer, england: England) -> None:
    """Write the totals of each year; academies and independent schools do not report here."""
    for year in range(2014, 2019):
        chosen = england.teaching(year, is_one_of(england.sites.kind, INSPECTED_KINDS))
        chosen = chosen[~is_one_of(england.establishments.type[chosen], ACADEMY_TYPES)]
        income, balance = _money(england, site=england.establishments.site[chosen], year=year)
        columns = {
            "URN": whole(england.establishments.urn[chosen]),
            "Income": trimmed(income, places=2),
            "Expenditure": trimmed(income - balance, places=2),
            "Balance": trimmed(balance, places=2),
            "Academic Year": same(str(year), len(chosen)),
        }
        writer.write(
            f"finance/financials_{year}.csv",
            header="finance",
            rows=rows_of("finance", columns),
            encoding="utf-8",
            line_end="\r\n",
        )


def _money(england: England, *, site: Ints, year: int) -> tuple[Floats, Floats]:
    """Return income and in-year balance, in pounds."""
    sites, draw = england.sites, england.chance.of(f"money {year}")
    of_year = england.intakes[max(year, 2013)]
    special = is_one_of(sites.kind, (Kind.SPECIAL, Kind.ALTERNATIVE))
    each = np.select([special, is_one_of(sites.kind, SECONDARY_KINDS)], [21_000.0, 5_700.0], 4_350.0)
    income = 145_000.0 + of_year.roll * each + 1_050.0 * of_year.meals_ever
    income = income * (1 + 0.012 * (year - 2014)) * np.exp(draw.normal(0.0, 0.06, len(sites)))
    prudence = england.chance.of("prudence").normal(0.0, 0.015, len(sites)) * sites.steadiness
    share = 0.012 - 0.004 * (year - 2014) + prudence + draw.normal(0.0, 0.025, len(sites)) * sites.steadiness
    return income[site], (income * share)[site]
