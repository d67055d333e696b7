"""Addresses of the register."""

from django.urls import path

from steward.register import views

app_name = "register"
urlpatterns = [
    path("link-officers/", views.link_officers, name="link-officers"),
    path("link-officers/<int:urn>/end/", views.end, name="end-link-officer"),
]
