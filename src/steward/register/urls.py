"""Addresses of the register."""

from django.urls import path

from steward.register.views import link_officers, sets

app_name = "register"
urlpatterns = [
    path("link-officers/", link_officers.link_officers, name="link-officers"),
    path("link-officers/<int:urn>/end/", link_officers.end, name="end-link-officer"),
    path("sets/", sets.listed, name="sets"),
    path("sets/new/", sets.add, name="add-set"),
    path("sets/<int:key>/", sets.one, name="set"),
    path("sets/<int:key>.csv", sets.as_csv, name="set-csv"),
    path("sets/<int:key>/change/", sets.change, name="change-set"),
    path("sets/<int:key>/copy/", sets.copy, name="copy-set"),
    path("sets/<int:key>/retire/", sets.retire, name="retire-set"),
]
