"""Who may enter which page of the site, and who may act there: every route, in one table.

A route that is not declared here is refused on the desk, and fails the tests elsewhere. To
declare one is one line: `"admin:registry_person_merge": Rule(EDITOR, EDITOR)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from django.conf import settings
from django.http import HttpRequest
from django.urls import ResolverMatch

from registry.models import Role
from registry.records.ledger.accounts import role_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Level(IntEnum):
    """What someone must at least be. A newcomer has a role, but not given a second factor yet."""

    ANYONE = 0
    NEWCOMER = 1
    MODERATOR = 2
    EDITOR = 3
    ADMINISTRATOR = 4
    NOBODY = 5


ANYONE, NEWCOMER, MODERATOR, EDITOR, ADMINISTRATOR, NOBODY = Level
LEVELS = {
    Role.MODERATOR: MODERATOR,
    Role.EDITOR: EDITOR,
    Role.ADMINISTRATOR: ADMINISTRATOR,
}
CHOOSE, ENROL, PROVE = "account_change_password", "mfa_activate_totp", "mfa_reauthenticate"
"""The pages a newcomer is led to: an own password, an authenticator app, a code of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The lowest level that may look at a page (GET, HEAD), and that may act (everything else).

    `proof` asks for a second factor given within the last five minutes. `steps` are the pages
    a newcomer may be on the way to while this page is open to them.
    """

    look: Level
    act: Level = NOBODY
    proof: bool = False
    steps: frozenset[str] = frozenset()


def record(
    name: str, *, look: Level = MODERATOR, add: Level = NOBODY, edit: Level = NOBODY
) -> dict[str, Rule]:
    """Return the rules of the pages that Django makes for a kind of record."""
    return {
        f"admin:{name}_changelist": Rule(look),
        f"admin:{name}_history": Rule(look),
        f"admin:{name}_change": Rule(look, edit),
        f"admin:{name}_add": Rule(add, add),
        f"admin:{name}_delete": Rule(NOBODY),
    }


PUBLIC = {
    name: Rule(ANYONE)
    for name in (
        "home", "people", "person", "entry", "sites", "site", "sources", "source", "index",
        "person_history", "person_then", "site_history", "site_then", "letter", "about", "file",
        "healthz", "robots", "sitemap", "sitemap_section",
        "api:openapi-json", "api:people", "api:person", "api:suggest", "api:entry", "api:sites",
        "api:site", "api:sources", "api:nothing", "api:api-root",
        "submit", "submit_leave", "submit_preview",
    )
} | {
    # Forms of contributors: whoever holds the receipt acts, and nobody has a role.
    name: Rule(ANYONE, ANYONE)
    for name in (
        "submit_begin", "submit_about", "submit_fact", "submit_at", "submit_tasks", "submit_check",
        "submit_files", "submit_similar", "submit_take_out", "submit_page",
        "receipt", "receipt_open", "receipt_withdraw",
    )
}  # fmt: skip
ACCOUNTS = {
    "account_login": Rule(ANYONE, ANYONE),
    "account_logout": Rule(ANYONE, ANYONE),
    "mfa_authenticate": Rule(ANYONE, ANYONE),
    "account_change_password": Rule(NEWCOMER, NEWCOMER, steps=frozenset({CHOOSE, ENROL})),
    "account_reauthenticate": Rule(NEWCOMER, NEWCOMER, steps=frozenset({ENROL})),
    "mfa_activate_totp": Rule(NEWCOMER, NEWCOMER, steps=frozenset({ENROL})),
    "mfa_index": Rule(NEWCOMER, steps=frozenset({ENROL})),
    "mfa_reauthenticate": Rule(NEWCOMER, NEWCOMER, steps=frozenset({PROVE})),
    "mfa_deactivate_totp": Rule(MODERATOR, MODERATOR, proof=True),
    "mfa_view_recovery_codes": Rule(MODERATOR, proof=True),
    "mfa_generate_recovery_codes": Rule(MODERATOR, MODERATOR, proof=True),
    "mfa_download_recovery_codes": Rule(MODERATOR, proof=True),
}
DESK = {
    "admin:index": Rule(MODERATOR),
    "admin:login": Rule(MODERATOR),
    "admin:logout": Rule(MODERATOR, MODERATOR),
    "admin:password_change": Rule(MODERATOR),
    "admin:password_change_done": Rule(NOBODY),
    "admin:autocomplete": Rule(MODERATOR),
    "admin:jsi18n": Rule(MODERATOR),
    "admin:view_on_site": Rule(NOBODY),
    "admin:app_list": Rule(MODERATOR),
    # Addresses without a name of their own: one that leads on to `…/change/`, and all others.
    "admin:django.views.generic.base.RedirectView": Rule(MODERATOR),
    "admin:django.contrib.admin.sites.catch_all_view": Rule(MODERATOR, MODERATOR),
    **record("registry_term", add=EDITOR, edit=EDITOR),
    **record("registry_spelling", edit=EDITOR),
    **record("registry_source", add=EDITOR, edit=EDITOR),
    "admin:registry_source_withdraw": Rule(EDITOR, EDITOR),
    "admin:registry_source_reinstate": Rule(EDITOR, EDITOR),
    **record("registry_memorialsite", add=EDITOR, edit=EDITOR),
    **record("registry_person"),
    **record("registry_entry"),
    **{
        f"admin:registry_{name}": Rule(MODERATOR)
        for name in ("person_files", "site_files", "photograph_file", "document_file")
    },
    **{
        f"admin:registry_{name}": Rule(EDITOR, EDITOR)
        for name in (
            "person_photograph", "person_document", "site_photograph", "site_document",
            "photograph_edit", "photograph_remove", "document_edit", "document_remove",
        )
    },
    "admin:registry_change_undo": Rule(EDITOR, EDITOR),
    "admin:registry_changes_undo": Rule(EDITOR, EDITOR),
    "admin:registry_account_revert": Rule(ADMINISTRATOR, ADMINISTRATOR),
    "admin:registry_site_withdraw": Rule(EDITOR, EDITOR),
    "admin:registry_site_reinstate": Rule(EDITOR, EDITOR),
    "admin:registry_person_lives": Rule(MODERATOR),
    "admin:registry_person_biography": Rule(EDITOR, EDITOR),
    "admin:registry_person_biography_remove": Rule(EDITOR, EDITOR),
    "admin:registry_person_links": Rule(EDITOR, EDITOR),
    "admin:registry_relation_remove": Rule(EDITOR, EDITOR),
    "admin:registry_person_merge": Rule(EDITOR, EDITOR),
    "admin:registry_person_split": Rule(EDITOR, EDITOR),
    "admin:registry_entry_move": Rule(EDITOR, EDITOR),
    "admin:registry_entry_judge": Rule(EDITOR, EDITOR),
    "admin:registry_person_choose": Rule(MODERATOR, EDITOR),
    "admin:registry_person_hide": Rule(MODERATOR, MODERATOR),
    "admin:registry_person_show": Rule(MODERATOR, MODERATOR),
    "admin:registry_person_suppress": Rule(MODERATOR, MODERATOR, proof=True),
    "admin:registry_submissions": Rule(MODERATOR),
    "admin:registry_submission_file": Rule(MODERATOR),
    "admin:registry_submission_named": Rule(MODERATOR, EDITOR),
    **{
        f"admin:registry_submission{name}": Rule(MODERATOR, MODERATOR)
        for name in ("", "_undo", "_keys")
    },
    "admin:registry_proposals": Rule(MODERATOR),
    "admin:registry_proposal_decide": Rule(EDITOR, EDITOR, proof=True),
    **{
        f"admin:registry_{name}_erase": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True)
        for name in ("person", "entry", "photograph", "document")
    },
    **{
        f"admin:registry_{name}_forget": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True)
        for name in ("entry", "photograph", "document")
    },
    **{
        f"admin:registry_entry_{name}": Rule(EDITOR, EDITOR)
        for name in ("reading", "transcription", "doubt", "credit", "withdraw", "reinstate")
    },
    "admin:registry_book": Rule(EDITOR, EDITOR),
    "admin:registry_book_look": Rule(EDITOR, EDITOR),
    **record("registry_change"),
    **record("auth_user", look=ADMINISTRATOR),
    "admin:auth_user_add": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True),
    "admin:auth_user_role": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True),
    "admin:auth_user_shut": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True),
    "admin:auth_user_open": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True),
    "admin:auth_user_reset": Rule(ADMINISTRATOR, ADMINISTRATOR, proof=True),
}  # fmt: skip
MATRIX: dict[str, Rule] = {**PUBLIC, **ACCOUNTS, **DESK}
UNDECLARED = Rule(NOBODY)


def rule_of(match: ResolverMatch | None) -> Rule:
    """Return the rule of a route; one that is not declared is open to nobody."""
    return MATRIX.get(match.view_name, UNDECLARED) if match else UNDECLARED


def is_act(request: HttpRequest) -> bool:
    """Tell whether a request could change something."""
    return request.method not in SAFE_METHODS


def may(request: HttpRequest, rule: Rule, *, act: bool) -> bool:
    """Tell whether the role of whoever asks is enough to look at a page, or to act there.

    Nobody acts while the registry can only be read: the desk offers no forms then.
    """
    if act and settings.READ_ONLY:
        return False
    role = role_of(request.user)
    level = LEVELS.get(role, ANYONE) if role else ANYONE
    return level >= (rule.act if act else rule.look)


def may_use(request: HttpRequest, route: str, *, act: bool = False) -> bool:
    """Tell the same of a route by its name, for a page that offers a link to it or a form."""
    return may(request, MATRIX.get(route, UNDECLARED), act=act)
