"""What categorisation keeps: runs of a policy with their proposals, and decisions."""

from steward.categorisation.models.proposals import Proposal, ProposalRun

__all__ = ["Proposal", "ProposalRun"]
