"""What the authority may record about a school as a dated local fact, for rules to read."""

from enum import StrEnum


class FactKind(StrEnum):
    """A closed list: an app that records a fact names one of these, and so does a rule that reads it."""

    FORMAL_NOTICE = "formal_notice"
    AUTHORITY_WARNING = "authority_warning"
    SAFEGUARDING_CONCERN = "safeguarding_concern"
    NO_HEAD_IN_POST = "no_head_in_post"
    HEAD_LEAVING = "head_leaving"
    NEW_HEAD = "new_head"
    GOVERNANCE_CONCERN = "governance_concern"
    FINANCIAL_CONCERN = "financial_concern"
    FINANCIAL_NOTICE = "financial_notice"
    COMPLAINTS = "complaints"
    EXCLUSIONS_SPIKE = "exclusions_spike"
    STAFFING_CONCERN = "staffing_concern"
    FALLING_ROLL = "falling_roll"
    NOT_ENGAGING = "not_engaging"
    ATTENDANCE_ACTION = "attendance_action"
    INSPECTION_ANNOUNCED = "inspection_announced"
    EXPECTED_GOOD_OR_BETTER = "expected_good_or_better"
    IMPROVING = "improving"
    EXPECTED_BELOW_GOOD = "expected_below_good"

    @property
    def words(self) -> str:
        """A clause that completes "on record: ...", without a full stop."""
        return _WORDS[self]


_WORDS = {
    FactKind.FORMAL_NOTICE: "a formal warning notice is in force",
    FactKind.AUTHORITY_WARNING: "the council has warned the school, short of a formal notice",
    FactKind.SAFEGUARDING_CONCERN: "a serious safeguarding concern is open",
    FactKind.NO_HEAD_IN_POST: "the school has no permanent head teacher in post",
    FactKind.HEAD_LEAVING: "the head teacher is leaving or has left",
    FactKind.NEW_HEAD: "the head teacher is new to the school",
    FactKind.GOVERNANCE_CONCERN: "there is a concern about governance",
    FactKind.FINANCIAL_CONCERN: "there is a concern about finance",
    FactKind.FINANCIAL_NOTICE: "the school is under a notice about its finances",
    FactKind.COMPLAINTS: "complaints about the school have come in",
    FactKind.EXCLUSIONS_SPIKE: "exclusions or suspensions have risen sharply",
    FactKind.STAFFING_CONCERN: "there is a concern about staffing",
    FactKind.FALLING_ROLL: "the number of pupils is falling",
    FactKind.NOT_ENGAGING: "the school has declined visits or left agreed actions overdue",
    FactKind.ATTENDANCE_ACTION: "the council has acted with the school on attendance",
    FactKind.INSPECTION_ANNOUNCED: "an inspection has been announced",
    FactKind.EXPECTED_GOOD_OR_BETTER: "the adviser expects the next inspection to be good or better",
    FactKind.IMPROVING: "the adviser sees a clear path of improvement",
    FactKind.EXPECTED_BELOW_GOOD: "the adviser expects the next inspection to be less than good",
}
