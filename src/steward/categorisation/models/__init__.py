"""What categorisation keeps: runs of a policy with their proposals, and decisions."""

from steward.categorisation.models.decisions import (
    LONGEST,
    Decision,
    DecisionStep,
    DecisionVersion,
    DisclosureNote,
    Exemption,
)
from steward.categorisation.models.drafts import DraftRuleset, DraftState, DraftVersion, OfficerDays
from steward.categorisation.models.moderation import ItemOutcome, MeetingItem, ModerationMeeting
from steward.categorisation.models.overrides import Override
from steward.categorisation.models.proposals import Proposal, ProposalRun
from steward.categorisation.models.sharing import (
    Answer,
    AnswerKind,
    Letter,
    LetterKind,
    LookOutcome,
    SecondLook,
)

__all__ = [
    "LONGEST",
    "Answer",
    "AnswerKind",
    "Decision",
    "DecisionStep",
    "DecisionVersion",
    "DisclosureNote",
    "DraftRuleset",
    "DraftState",
    "DraftVersion",
    "Exemption",
    "ItemOutcome",
    "Letter",
    "LetterKind",
    "LookOutcome",
    "MeetingItem",
    "ModerationMeeting",
    "OfficerDays",
    "Override",
    "Proposal",
    "ProposalRun",
    "SecondLook",
]
