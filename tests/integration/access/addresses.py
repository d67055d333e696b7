"""A site with access alone and a bare home, so that these tests need no other app's pages."""

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from steward.access.guards import needs, public
from steward.access.permissions import Permission

HOME = Template('{% extends "interface/page.html" %}{% block reading %}<h1>home</h1>{% endblock %}')


@public
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(HOME.render(RequestContext(request)))


@needs(Permission.VIEW_OWN_SCHOOL)
def school(request: HttpRequest, urn: int) -> HttpResponse:
    return HttpResponse(f"school {urn}")


@needs(Permission.VIEW_PUBLISHED_FIGURES)
def area(request: HttpRequest) -> HttpResponse:
    return HttpResponse("area")


@public
def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


bare_pages = [
    path("", home, name="home"),
    path("failing/", failing, name="failing"),
    path("area/", area, name="area"),
    path("schools/<int:urn>/", school, name="school"),
]
urlpatterns = [path("", include("steward.access.urls")), path("", include((bare_pages, "pages")))]
