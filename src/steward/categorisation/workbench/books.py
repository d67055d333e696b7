"""The policies that can be held against each other: those in use or usable, and drafts."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings

from steward.analysis.rules.proposals import Rulebook
from steward.categorisation import rulebooks
from steward.categorisation.models import DraftRuleset, DraftState, DraftVersion
from steward.categorisation.workbench import content as contents


def choices() -> list[tuple[str, str]]:
    """Return each policy that can be looked at by id, with its title and what it is."""
    usable = sorted(rulebooks.rulesets().values(), key=lambda each: each.title)
    found = [(each.id, f"{each.title}, version {each.version}{_in_use(each.id)}") for each in usable]
    drafts = DraftRuleset.objects.filter(state__in=[DraftState.DRAFT, DraftState.SUBMITTED])
    return [*found, *((each.slug, f"{each.title} ({each.get_state_display().lower()})") for each in drafts)]


def book(policy: str) -> Rulebook:
    """Return a policy ready to be asked; KeyError where there is none of that id."""
    if policy in rulebooks.rulesets():
        return rulebooks.rulebook(policy)
    versions = DraftVersion.objects.filter(draft__slug=policy)
    newest = versions.order_by("-number").values_list("pk", "written_at").first()
    if newest is None:
        raise KeyError(policy)
    return _opened(*newest)


def in_use() -> str:
    """Return the id of the policy in use, or of the first there is."""
    usable = rulebooks.rulesets()
    return settings.STEWARD_RULESET if settings.STEWARD_RULESET in usable else min(usable)


@lru_cache(maxsize=64)
def _opened(version: int, written_at: datetime) -> Rulebook:
    return contents.opened(DraftVersion.objects.get(pk=version).content)


def _in_use(policy: str) -> str:
    return " (in use)" if policy == settings.STEWARD_RULESET else ""
