"""The admin site: Django's, entered through the accounts' own pages only."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from registry.submissions.triage import count_waiting

from .access import may_enter
from .acts import routes
from .matrix import may_use


class RegistrySite(AdminSite):
    """The editors' desk. Every view asks `may_enter` again, behind the middleware."""

    site_title = _("Desk")
    site_header = _("Desk of the registry")
    index_title = _("What can be edited and looked at")
    enable_nav_sidebar = False
    final_catch_all_view = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in staff with a role and a second factor in this session."""
        return may_enter(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put the acts before the pages of records, each behind the same door."""
        acts = [
            path(f"acts/{route.pattern}", self.admin_view(route.callback), name=route.name)
            for route in routes()
        ]
        return [*acts, *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Say beside the lists what waits: what was sent, and what takes a second person."""
        waiting = import_module("registry.admin.statuses").count_waiting()
        shown = {
            "sent": count_waiting(),
            "waiting": waiting,
            "may_enter_books": may_use(request, "admin:registry_book", act=True),
        }
        return super().index(request, {**(extra_context or {}), **shown})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Call the page of an app as the desk itself is called."""
        return super().app_index(
            request, app_label, {"title": self.index_title, **(extra_context or {})}
        )

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the one log-in there is."""
        following = request.GET.get("next", "")
        target = urlencode({"next": following}) if following else ""
        return HttpResponseRedirect(f"{reverse('account_login')}?{target}".rstrip("?"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Send to the accounts' own log-out."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Send to the accounts' own page."""
        return HttpResponseRedirect(reverse("account_change_password"))
