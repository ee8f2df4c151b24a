"""How the boxes of all forms are written."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INPUTS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in ("checkbox", "date", "email", "hidden", "number", "password", "text", "url")
)
"""The templates of Django's that are one `<input>`."""


class InputRenderer(DjangoTemplates):
    """Writes an `<input>` at once, as Django's templates would, and leaves the rest to them.

    Django renders three templates for each box; of the twenty of the search page that was a fifth
    of the whole page.
    """

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return what the template makes of the context."""
        if template_name not in INPUTS:
            return super().render(template_name, context, request)
        widget = context["widget"]
        own = {"type": widget["type"], "name": widget["name"]}
        if widget["value"] is not None:
            own["value"] = widget["value"]
        written = "".join(map(_attribute, (*own.items(), *widget["attrs"].items())))
        return mark_safe(f"<input{written}>")  # noqa: S308 (every part is escaped)


def _attribute(pair: tuple[str, Any]) -> str:
    name, value = pair
    if value is False:
        return ""
    if value is True:
        return f" {escape(name)}"
    said = value if isinstance(value, SafeString) else escape(str(value))
    return f' {escape(name)}="{said}"'
