"""Addresses of access."""

from django.urls import path

from steward.access.guards import public
from steward.access.views import account, people, sign_in, statements
from steward.interface.theming import theme_css

app_name = "access"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-step/", account.second_step, name="second-step"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add-person"),
    path("people/<int:key>/", people.person, name="person"),
    path("people/<int:key>/role/", people.role, name="person-role"),
    path("people/<int:key>/end/", people.end_access, name="end-access"),
    path("people/<int:key>/restore/", people.restore_access, name="restore-access"),
    path("people/<int:key>/new-password/", people.new_password, name="new-password"),
    path("people/<int:key>/remove-second-step/", people.remove_second_step, name="remove-second-step"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("terms/", statements.terms, name="terms"),
    path("components/", statements.components, name="components"),
    path("theme.css", public(theme_css), name="theme"),
]
