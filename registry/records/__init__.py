"""The only code that changes records, and the only one that publishes them."""

from .catalogue.sites import put_sites
from .catalogue.sources import SourceDraft, put_sources, reinstate_source, withdraw_source
from .catalogue.terms import SpellingBook, TermDraft, assign_spelling, put_terms
from .drafts.sites import SiteDraft, SiteEventDraft, SiteFigureDraft, SiteNameDraft, SiteRefused
from .entries.writing import CHANGED, NEW, REFUSED, SAME, EntryWriter, Outcome, put_entries
from .ledger.changes import Snapshot, begin_change, write_revision, write_revisions
from .ledger.refreshing import reassess_living, refresh_people
from .people.identity import PersonDraft, PersonRefused, name_people
from .people.relating import RelationDraft, put_relations
from .public.lines import died_on, index_letters, people_by_letter, person_lines
from .public.pages import Page
from .public.people import public_entry, public_person
from .public.rows import EntryGone, EntryUnknown, PersonGone, PersonMoved, PersonUnknown
from .public.sites import SiteGone, SiteUnknown, public_site, public_sites
from .public.sources import SourceGone, SourceUnknown, public_source, public_sources, source_people

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
