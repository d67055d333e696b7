"""What each group means, by which codes, and which gaps are shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.equality.queries import gap_books
from steward.evidence import catalogues


@needs(Permission.VIEW_AREA_FIGURES)
def groups(request: HttpRequest) -> HttpResponse:
    """Answer with every characteristic, its members and codes, and what changed over the years."""
    found = sorted(catalogues.groups().values(), key=lambda one: one.title)
    gaps = catalogues.gaps().values()
    published = gap_books.published_gaps().values()
    shown = [
        {
            "group": group,
            "against": "all pupils" if group.comparison == "all" else group.member(group.comparison).name,
            "published": sum(1 for gap in published if gap.group.id == group.id),
            "summary": f"Members, codes and years of: {group.title}",
            "every": sum(1 for gap in gaps if gap.group.id == group.id),
        }
        for group in found
    ]
    return render(request, "equality/groups.html", {"shown": shown})
