"""Addresses of the desk and of staff accounts; included once, below the language prefix."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("registry.admin.account_pages")),
    path("admin/", admin.site.urls),
]
