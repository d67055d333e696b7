"""The policy as text."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.categorisation import queries
from steward.definitions.reading import DefinitionFault


@needs(Permission.VIEW_POLICY)
def policies(request: HttpRequest) -> HttpResponse:
    """Show the rulesets there are, the one in use first."""
    try:
        found = queries.policies()
    except DefinitionFault as fault:
        return _not_readable(request, fault=fault)
    in_use = [each for each in found if each.id == settings.STEWARD_RULESET]
    others = [each for each in found if each.id != settings.STEWARD_RULESET]
    return render(request, "categorisation/policies.html", {"in_use": in_use, "others": others})


@needs(Permission.VIEW_POLICY)
def policy(request: HttpRequest, ruleset_id: str) -> HttpResponse:
    """Show one ruleset printed as the text of the policy, and under which version it was last asked."""
    try:
        ruleset = queries.policy(ruleset_id)
        paragraphs = queries.policy_paragraphs(ruleset_id) if ruleset else ()
    except DefinitionFault as fault:
        return _not_readable(request, fault=fault)
    if ruleset is None:
        raise Http404(f"There is no ruleset called {ruleset_id}.")
    context = {
        "ruleset": ruleset,
        "paragraphs": paragraphs,
        "in_use": ruleset_id == settings.STEWARD_RULESET,
        "asked": queries.last_asked(ruleset),
    }
    return render(request, "categorisation/policy.html", context)


def _not_readable(request: HttpRequest, *, fault: DefinitionFault) -> HttpResponse:
    return render(request, "categorisation/not_readable.html", {"fault": str(fault)}, status=500)
