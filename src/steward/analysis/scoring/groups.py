"""The groups under which the parts of a score are shown."""

from enum import StrEnum


class Group(StrEnum):
    """A closed list, in the order of the page."""

    STANDARDS = "standards"
    PROGRESS = "progress"
    ATTENDANCE_AND_BEHAVIOUR = "attendance_and_behaviour"
    INSPECTION = "inspection"
    LEADERSHIP = "leadership"
    GOVERNANCE = "governance"
    SAFEGUARDING = "safeguarding"
    FINANCE = "finance"
    CONTEXT = "context"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return _LABELS.get(self, self.value.replace("_", " ").capitalize())


_LABELS = {Group.LEADERSHIP: "Leadership and staffing", Group.SAFEGUARDING: "Safeguarding and complaints"}
