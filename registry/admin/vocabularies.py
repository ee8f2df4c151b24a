"""Terms and spellings on the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy as _

from registry.models import LANGUAGES, Spelling, Term
from registry.names import fold
from registry.records.catalogue.terms import TermDraft, assign_spelling, count_entries, edit_term

from .base import Desk, ReasonedForm, acting, freeze, shown
from .labels import VOCABULARIES

MOST_USES = 1000
NOTE_LANGUAGES = {"en": _("English"), "ru": _("Russian"), "uk": _("Ukrainian")}


@admin.display(description=_("Vocabulary"), ordering="vocabulary")
def vocabulary_shown(row: Any) -> Any:
    """Return the vocabulary in words."""
    return VOCABULARIES.get(row.vocabulary, row.vocabulary)


class VocabularyFilter(admin.SimpleListFilter):
    """Show one vocabulary."""

    title = _("vocabulary")
    parameter_name = "vocabulary"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the vocabularies by their names."""
        return [(str(code), label) for code, label in VOCABULARIES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the vocabulary chosen."""
        return queryset.filter(vocabulary=self.value()) if self.value() else queryset


class TermForm(ReasonedForm):
    """A term with its three labels and notes; vocabulary and code never change."""

    vocabulary = forms.ChoiceField(label=_("Vocabulary"), choices=list(VOCABULARIES.items()))
    code = forms.SlugField(label=_("Code"), max_length=60)
    label_en = forms.CharField(label=_("English"), max_length=200)
    label_ru = forms.CharField(label=_("Russian"), max_length=200)
    label_uk = forms.CharField(label=_("Ukrainian"), max_length=200)
    country = forms.RegexField(
        label=_("Country"),
        regex=r"^[A-Z]{2}$",
        required=False,
        help_text=_("Two capital letters; of a region, the country it lies in today."),
    )
    note_en = forms.CharField(label=_("Note, English"), required=False)
    note_ru = forms.CharField(label=_("Note, Russian"), required=False)
    note_uk = forms.CharField(label=_("Note, Ukrainian"), required=False)

    class Meta:
        model = Term
        fields = ("vocabulary", "code", "label_en", "label_ru", "label_uk", "country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        freeze(self, "vocabulary", "code")
        for language in LANGUAGES:
            self.fields[f"note_{language}"].initial = self.instance.note.get(language, "")

    def draft(self) -> TermDraft:
        """Return what the form says."""
        data = self.cleaned_data
        notes = {language: data[f"note_{language}"] for language in LANGUAGES}
        return TermDraft(
            vocabulary=data["vocabulary"],
            code=data["code"],
            en=data["label_en"],
            ru=data["label_ru"],
            uk=data["label_uk"],
            note={language: text for language, text in notes.items() if text},
            country=data["country"],
        )


class TermDesk(Desk):
    """Terms: what vocabularies consist of."""

    names = (_("term"), _("terms"))
    form = TermForm
    subject = "term"
    list_display = (
        shown("code", _("Code"), sorted_by="code"),
        vocabulary_shown,
        shown("label_en", _("English")),
        shown("label_ru", _("Russian")),
        shown("label_uk", _("Ukrainian")),
    )
    list_filter = (VocabularyFilter,)
    ordering = ("vocabulary", "code")
    fields = (
        "vocabulary",
        "code",
        ("label_en", "label_ru", "label_uk"),
        "country",
        "note_en",
        "note_ru",
        "note_uk",
        "reason",
    )

    def called(self, row: Any) -> str:
        """Return the label in the reader's language."""
        return str(row.label(get_language() or "en"))

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the terms whose code begins so, or that are spelled so or begin so."""
        spelled = Spelling.all_records.filter(folded__startswith=fold(term) or term)
        return rows.filter(
            Q(code__startswith=term.lower()) | Q(pk__in=spelled.order_by().values("term"))
        )

    def reference(self, row: Any) -> str:
        """Return the term's name in the ledger."""
        return f"{row.vocabulary}:{row.code}"

    def write(self, request: HttpRequest, form: Any, formsets: list[Any]) -> int:
        """Write the term through the domain."""
        by, role = acting(request)
        draft: TermDraft = form.draft()
        edit_term(
            draft=draft,
            by=by,
            role=role,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        key: int = Term.all_records.get(vocabulary=draft.vocabulary, code=draft.code).pk
        return key


class TermChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when run
    """A term of one vocabulary, by its label in the reader's language."""

    def __init__(self, *, vocabulary: str, **kwargs: Any) -> None:
        terms = Term.all_records.filter(vocabulary=vocabulary)
        super().__init__(
            queryset=terms.order_by(f"label_{get_language() or 'en'}"),
            required=False,
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return the label."""
        return str(obj.label(get_language() or "en"))


class SpellingForm(ReasonedForm):
    """Which term a spelling means."""

    class Meta:
        model = Spelling
        fields = ("term",)
        labels: ClassVar[dict[str, Any]] = {"term": _("Term")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"] = TermChoice(
            vocabulary=self.instance.vocabulary,
            label=_("Term"),
            help_text=_("Holds for every entry with this spelling, and those written alike."),
        )


class MeaningFilter(admin.EmptyFieldListFilter):
    """Show the spellings that mean something, or those that nobody has assigned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext("term")


class SpellingDesk(Desk):
    """Spellings as they are printed, each assigned to a term once, for all entries."""

    names = (_("spelling"), _("spellings"))
    form = SpellingForm
    subject = "spelling"
    parts: ClassVar[tuple[str, ...]] = ("term",)
    list_display = (
        shown("text", _("Text"), sorted_by="text"),
        vocabulary_shown,
        "meaning",
    )
    list_filter = (VocabularyFilter, ("term", MeaningFilter))
    ordering = ("vocabulary", "text")
    fields: ClassVar[Any] = (shown("text", _("Text")), vocabulary_shown, "uses", "term", "reason")
    readonly_fields: ClassVar[Any] = (*fields[:2], "uses")

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the spellings that begin so, folded."""
        return rows.filter(folded__startswith=fold(term) or term)

    @admin.display(description=_("Term"))
    def meaning(self, row: Any) -> str | None:
        """Return the label of the term."""
        return row.term.label(get_language() or "en") if row.term else None

    @admin.display(description=_("Entries it settles"))
    def uses(self, row: Any) -> str:
        """Return how many statements depend on the spelling, up to a thousand."""
        count = count_entries(row, limit=MOST_USES)
        return gettext("1000 or more") if count >= MOST_USES else str(count)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any]) -> int:
        """Assign the spelling through the domain."""
        by, role = acting(request)
        term: Term | None = form.cleaned_data["term"]
        key: int = form.instance.pk
        assign_spelling(
            spelling=key,
            code=term.code if term else "",
            by=by,
            role=role,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        return key
