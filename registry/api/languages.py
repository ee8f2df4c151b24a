"""The language of worded texts: what the request accepts, of the three the registry speaks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header

DEFAULT = "en"
View = TypeVar("View", bound=Callable[..., Any])


def language_of(request: HttpRequest) -> str:
    """Return the language asked for by Accept-Language, English where it is none of ours."""
    spoken = {code for code, _ in settings.LANGUAGES}
    for tag, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (language := tag.partition("-")[0]) in spoken:
            return language
    return DEFAULT


def in_language(view: View) -> View:
    """Run the view with the language of the request active, for the words of messages."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with override(language_of(request)):
            return view(request, *args, **kwargs)

    return cast("View", answer)
