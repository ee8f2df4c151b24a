"""What stands on the desk: the one list of registered pages."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.models import User

from registry.models import Change, Entry, MemorialSite, Person, Source, Spelling, Term

from .ledger import ChangeLook
from .people import EntryLook, PersonLook
from .sites import SiteDesk
from .sources import SourceDesk
from .users import AccountDesk
from .vocabularies import SpellingDesk, TermDesk

admin.site.register(Term, TermDesk)
admin.site.register(Spelling, SpellingDesk)
admin.site.register(Source, SourceDesk)
admin.site.register(MemorialSite, SiteDesk)
admin.site.register(Person, PersonLook)
admin.site.register(Entry, EntryLook)
admin.site.register(Change, ChangeLook)
admin.site.register(User, AccountDesk)
