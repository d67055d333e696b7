"""The policy as text."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.categorisation import queries


@needs(Permission.VIEW_POLICY)
def policies(request: HttpRequest) -> HttpResponse:
    """Show the rulesets there are, the one in use first."""
    found = queries.policies()
    in_use = [each for each in found if each.id == settings.STEWARD_RULESET]
    others = [each for each in found if each.id != settings.STEWARD_RULESET]
    return render(request, "categorisation/policies.html", {"in_use": in_use, "others": others})


@needs(Permission.VIEW_POLICY)
def policy(request: HttpRequest, ruleset_id: str) -> HttpResponse:
    """Show one ruleset printed as the text of the policy."""
    ruleset = queries.policy(ruleset_id)
    if ruleset is None:
        raise Http404(f"There is no ruleset called {ruleset_id}.")
    context = {
        "ruleset": ruleset,
        "paragraphs": queries.policy_paragraphs(ruleset_id),
        "in_use": ruleset_id == settings.STEWARD_RULESET,
    }
    return render(request, "categorisation/policy.html", context)
