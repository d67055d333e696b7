"""What may be done to an assessment; each check raises a refusal a user can read."""

from datetime import date

from steward.equality.models import Assessment, AssessmentVersion, Decision, State


class NotPossible(Exception):
    """A change to an assessment was refused; the message says why and what to do."""


def check_is_newest(assessment: Assessment, *, seen: int) -> None:
    """Raise NotPossible when somebody wrote a newer version since version `seen` was opened."""
    newest = assessment.versions.first()
    if newest is not None and newest.number != seen:
        raise NotPossible(
            f"{newest.written_by_name} saved version {newest.number} while you were writing. "
            "Open it in another tab, take over what you need, and save again."
        )


def check_can_be_decided(version: AssessmentVersion, *, review_on: date, today: date) -> None:
    """Raise NotPossible unless the version says what it does to groups and the review lies ahead."""
    if hasattr(version, "decision"):
        raise NotPossible("This version is decided already. Write a new version to decide again.")
    if not version.effects.exists():
        raise NotPossible("Say what the proposal does to at least one group before it is decided.")
    if review_on <= today:
        raise NotPossible("The review must be after today.")


def check_can_be_reviewed(assessment: Assessment, *, review_on: date | None, today: date) -> None:
    """Raise NotPossible unless there is a decision to review and the next review lies ahead."""
    decided = Decision.objects.filter(version__assessment=assessment).exists()
    if assessment.state == State.DRAFT or not decided:
        raise NotPossible("Only a decided assessment can be reviewed: decide on the draft first.")
    if review_on is not None and review_on <= today:
        raise NotPossible("The next review must be after today.")
