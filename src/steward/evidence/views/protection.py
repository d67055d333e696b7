"""How small numbers are protected, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.evidence import catalogues
from steward.evidence.methodology import disclosure
from steward.evidence.methodology.upkeep import kept
from steward.evidence.views import trails
from steward.interface import words
from steward.interface.parts import Column, Fact, Table


@needs(Permission.VIEW_POLICY)
def protection(request: HttpRequest) -> HttpResponse:
    """Show the policy of small numbers: the limits, what else is withheld, and how it is tested."""
    policy = catalogues.disclosure_policy()
    limits = Table(
        "The fewest pupils of whom a figure is shown",
        (
            Column("Of pupils of"),
            Column("In a group, and not in it", numeric=True),
            Column("With and without the result", numeric=True),
        ),
        disclosure.limits(policy),
    )
    facts = (
        Fact("In force from", words.day(policy.in_force_from)),
        Fact("Source", policy.source),
        Fact("Looked after by", kept(policy)),
    )
    return render(
        request,
        "evidence/protection.html",
        {
            "policy": policy,
            "limits": limits,
            "facts": facts,
            "introduction": disclosure.INTRODUCTION,
            "none_or_all": disclosure.none_or_all(policy),
            "beside": disclosure.BESIDE,
            "published": disclosure.PUBLISHED,
            "kept": disclosure.KEPT,
            "tested": disclosure.TESTED,
            "crumbs": trails.home("How small numbers are protected"),
        },
    )
