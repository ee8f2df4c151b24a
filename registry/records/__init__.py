"""The only code that changes records, and the only one that publishes them."""

from .changes import Snapshot, begin_change, write_revision, write_revisions
from .entries import CHANGED, NEW, REFUSED, SAME, EntryWriter, Outcome, put_entries
from .lines import died_on, index_letters, people_by_letter, person_lines
from .pages import Page
from .people import PersonDraft, PersonRefused, name_people
from .person_rows import EntryGone, EntryUnknown, PersonGone, PersonMoved, PersonUnknown
from .publishing import public_entry, public_person
from .refreshing import reassess_living, refresh_people
from .relating import RelationDraft, put_relations
from .shown_sites import SiteGone, SiteUnknown, public_site, public_sites
from .shown_sources import SourceGone, SourceUnknown, public_source, public_sources, source_people
from .site_drafts import SiteDraft, SiteEventDraft, SiteFigureDraft, SiteNameDraft, SiteRefused
from .sites import put_sites
from .sources import SourceDraft, put_sources, reinstate_source, withdraw_source
from .terms import SpellingBook, TermDraft, assign_spelling, put_terms

__all__ = [
    "CHANGED", "NEW", "REFUSED", "SAME",
    "EntryGone", "EntryUnknown", "EntryWriter", "Outcome", "Page", "PersonDraft", "PersonGone",
    "PersonMoved", "PersonRefused", "PersonUnknown", "RelationDraft", "SiteDraft",
    "SiteEventDraft", "SiteFigureDraft", "SiteGone", "SiteNameDraft", "SiteRefused", "SiteUnknown",
    "Snapshot", "SourceDraft", "SourceGone", "SourceUnknown", "SpellingBook", "TermDraft",
    "assign_spelling", "begin_change", "died_on", "index_letters", "name_people",
    "people_by_letter", "person_lines", "public_entry", "public_person", "public_site",
    "public_sites", "public_source", "public_sources", "put_entries", "put_relations",
    "put_sites", "put_sources", "put_terms", "reassess_living", "refresh_people",
    "reinstate_source", "source_people", "withdraw_source", "write_revision", "write_revisions",
]  # fmt: skip
