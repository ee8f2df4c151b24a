"""Every address of the site: pages in three languages, the API, and what programs ask for."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from registry.api import api
from registry.web import (
    errors,
    files,
    forms,
    health,
    history,
    home,
    people,
    receipts,
    search,
    sent_files,
    similar,
    sitemaps,
    sites,
    sources,
    submissions,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("api/v1/", api.urls),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.section, name="sitemap_section"),
    path("files/<str:part>", files.file, name="file"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("people/", search.search, name="people"),
        path("people/<int:number>/", people.person, name="person"),
        path("people/<int:number>/history/", history.person, name="person_history"),
        path("people/<int:number>/history/<int:change>/", history.person_then, name="person_then"),
        path("entries/<int:number>/", people.entry, name="entry"),
        path("sites/", sites.sites, name="sites"),
        path("sites/<slug:slug>/", sites.site, name="site"),
        path("sites/<slug:slug>/history/", history.site, name="site_history"),
        path("sites/<slug:slug>/history/<int:change>/", history.site_then, name="site_then"),
        path("sources/", sources.sources, name="sources"),
        path("sources/<slug:slug>/", sources.source, name="source"),
        path("index/", people.index, name="index"),
        re_path(r"^index/(?P<letter>[^/]{1,4})/$", people.letter, name="letter"),
        path("about/", home.about, name="about"),
        path("submit/", submissions.start, name="submit"),
        path("submit/leave/", submissions.leave, name="submit_leave"),
        path("submit/form/", forms.tasks, name="submit_tasks"),
        path("submit/form/check/", forms.check, name="submit_check"),
        path("submit/form/files/", sent_files.files, name="submit_files"),
        path("submit/form/files/<str:name>", sent_files.preview, name="submit_preview"),
        path("submit/form/<int:part>/similar/", similar.similar, name="submit_similar"),
        path("submit/form/<int:part>/out/", forms.taken_out, name="submit_take_out"),
        path("submit/form/<int:part>/<slug:code>/", forms.page, name="submit_page"),
        path("submit/<slug:kind>/", submissions.begin, name="submit_begin"),
        path("submit/<slug:kind>/<int:number>/", submissions.begin, name="submit_about"),
        path(
            "submit/correction/<int:number>/<str:field>/",
            submissions.begin,
            {"kind": "correction"},
            name="submit_fact",
        ),
        path("submit/<slug:kind>/at/<slug:slug>/", submissions.begin, name="submit_at"),
        path("receipt/", receipts.receipt, name="receipt"),
        path("receipt/open/", receipts.opened, name="receipt_open"),
        path("receipt/withdraw/", receipts.withdraw, name="receipt_withdraw"),
        path("", include("registry.admin.urls")),
        prefix_default_language=False,
    ),
]
