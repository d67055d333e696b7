"""Whether the Secretary of State must or may make an academy order for a school in a category of concern."""

from datetime import date
from enum import StrEnum
from typing import Literal

DUTY_FROM = date(2016, 4, 18)
POWER_ONLY_FROM = date(2026, 6, 29)
"""Children's Wellbeing and Schools Act 2026, section 58: from this day an order may be made, not must."""


class OrderRoute(StrEnum):
    """Under which rule an academy order for a school is made or stands."""

    POWER = "power"
    DUTY = "duty"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return {
            OrderRoute.POWER: "The Secretary of State may make an academy order",
            OrderRoute.DUTY: "The Secretary of State must make an academy order",
        }[self]


def order_route(
    *, eligible_by: Literal["category", "notice"], on: date, ordered_on: date | None = None
) -> OrderRoute:
    """Return the rule for a school on a day.

    An order made before 29 June 2026 on a school in a category, and not yet carried out, keeps the duty it
    was made under. Source: Academies Act 2010, section 4, as amended in 2016 and 2026.
    """
    if eligible_by == "notice":
        return OrderRoute.POWER
    decided = ordered_on if ordered_on is not None and ordered_on <= on else on
    return OrderRoute.DUTY if DUTY_FROM <= decided < POWER_ONLY_FROM else OrderRoute.POWER
