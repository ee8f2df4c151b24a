"""Every page over the fixture records: what it must say, in three languages."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from registry.models import Entry, Person, PersonKey
from registry.web import errors
from registry.web.context import path_in, preferred_language

pytestmark = pytest.mark.django_db
LANGUAGES = {"en": "", "ru": "/ru", "uk": "/uk"}
PAGE_BYTES = 60_000


def text_of(response: Any) -> str:
    plain = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(plain.split())


def address_of(key: str) -> str:
    return f"/people/{PersonKey.public.get(key=key).person_id}/"


PEOPLE = [
    ("babel-isaac", "en", "Rank 4 of 6"),
    ("mandelstam-osip", "en", "Мандельштам Осип Эмильевич"),
    ("mandelstam-osip", "en", "Died in a camp on 27 December 1938."),
    ("mandelstam-osip", "ru", "Умер в лагере 27 декабря 1938 г."),
    ("mandelstam-osip", "uk", "Помер у таборі 27 грудня 1938 р."),
    ("mandelstam-osip", "ru", "Отказ в реабилитации"),
    ("mandelstam-osip", "en", "other sources say 30 April 1938"),
    ("babel-isaac", "ru", "Расстрелян 27 января 1940 г. Место: Москва."),
    ("babel-isaac", "ru", "не принято на веру 17 марта 1941"),
    ("babel-isaac", "en", "There is a version of the death that is not believed."),
    ("redens-stanislav", "en", "Posts held and acts signed"),
    ("redens-stanislav", "en", "Rehabilitation refused"),
    ("yagoda-genrikh", "ru", "В реабилитации отказано."),
    ("yagoda-genrikh", "ru", "Должности и подписанные акты"),
    ("yagoda-genrikh", "uk", "Посади й підписані акти"),
    ("larina-anna", "uk", "Пережила репресії. Померла"),
    ("larina-anna", "en", "The sources differ on the date of death."),
    ("gayibova-khadija", "ru", "Расстреляна 27 октября 1938 г. Место: Баку"),
    ("gayibova-khadija", "uk", "Розстріляна 27 жовтня 1938 р. Місце: Баку"),
    ("gayibova-khadija", "en", "Shot on 27 October 1938. Place: Baku"),
]


@pytest.mark.parametrize(("key", "language", "said"), PEOPLE)
def test_person_page_says(
    registry_loaded: Path, client: Client, key: str, language: str, said: str
) -> None:
    response = client.get(LANGUAGES[language] + address_of(key))

    assert response.status_code == 200
    assert said in text_of(response)


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_person_page_is_light_and_in_its_language(
    registry_loaded: Path, client: Client, language: str
) -> None:
    people = list(Person.public.values_list("pk", flat=True))
    assert len(people) == 76
    for person in people:
        response = client.get(f"{LANGUAGES[language]}/people/{person}/")
        html = response.content.decode()

        assert response.status_code == 200
        assert len(response.content) <= PAGE_BYTES, person
        assert f'<html lang="{language}">' in html
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids)), person
        if language != "en":
            assert english_words(html) == [], person


def english_words(html: str) -> list[str]:
    """Return the words a Cyrillic reader meets in Latin letters that no `lang` explains."""
    main = html.partition("<main")[2].partition("</main>")[0]
    told = re.sub(r"<(\w+)[^>]* lang=[^>]*>.*?</\1>", " ", main, flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>|https?://\S+", " ", told)
    return re.findall(r"\b[a-z]{4,}(?: [a-z]{3,})+", plain)


def test_bykivnia_shows_rival_figures_by_measure(registry_loaded: Path, client: Client) -> None:
    said = text_of(client.get("/sites/bykivnia/"))

    for one in ("Names in documents", "14,191", "Remains exhumed", "1,992", "20,000–100,000"):
        assert one in said
    assert "They are neither averaged nor added up." in said
    assert "14 191" in text_of(client.get("/uk/sites/bykivnia/")).replace("\xa0", " ")


def test_place_without_coordinates_says_so(registry_loaded: Path, client: Client) -> None:
    said = text_of(client.get("/sites/ulaanbaatar-monument/"))

    assert "not published: no source in use gives them" in said


def test_map_links_to_places_and_the_list_has_them_all(
    registry_loaded: Path, client: Client
) -> None:
    html = client.get("/sites/").content.decode()

    svg = html.partition("<svg")[2].partition("</svg>")[0]
    listed = html.partition("</svg>")[2]
    marked = set(re.findall(r'<a href="(/sites/[^"]+/)"', svg))
    assert len(marked) > 15
    assert marked < set(re.findall(r'<a href="(/sites/[^"]+/)"', listed))


def test_source_page_explains_its_rank(registry_loaded: Path, client: Client) -> None:
    entry = Entry.public.select_related("source").filter(source__rank=4).first()

    said = text_of(client.get(f"/sources/{entry.source.slug}/"))

    assert "4 of 6: the fourth step of the ladder of evidence" in said
    assert "People it speaks of" in said


def test_entry_page_tells_field_by_field(registry_loaded: Path, client: Client) -> None:
    entry = Entry.public.filter(person__keys__key="mandelstam-osip", source__rank=4).first()

    said = text_of(client.get(f"/ru/entries/{entry.pk}/"))

    assert "Изложено нашими словами" in said
    assert "По полям" in said


def test_search_says_why_and_offers_facets(registry_loaded: Path, client: Client) -> None:
    response = client.get("/people/", {"q": "Мандельштам"})

    said = text_of(response)
    assert "1 person" in said
    assert "Found by:" in said
    assert address_of("mandelstam-osip") in response.content.decode()


def test_another_value_of_a_facet_can_be_chosen_too(registry_loaded: Path, client: Client) -> None:
    """Also where what is chosen leaves nobody, or one: the facet does not vanish with them."""
    for query in ("sex=f", "sex=f&q=Небывалыйпримеров", "sex=f&q=Цветаева"):
        html = client.get(f"/people/?{query}").content.decode().replace("&amp;", "&")
        facets = html.partition('class="narrow facets"')[2].partition("</aside>")[0]
        links = re.findall(r'class="tick" href="([^"]+)"( aria-current="true")?', facets)
        taken_back = [address for address, chosen in links if chosen]
        assert len(taken_back) == 1
        assert "sex" not in taken_back[0]
    html = client.get("/people/?sex=f").content.decode().replace("&amp;", "&")
    assert 'class="tick" href="/people/?sex=f&sex=m"' in html


def test_search_without_hits_helps(registry_loaded: Path, client: Client) -> None:
    said = text_of(client.get("/people/", {"q": "Небывалыйпримеров"}))

    assert "Nobody was found. Not found here does not mean not repressed." in said
    assert "What can help:" in said


def test_search_names_what_it_does_not_understand(client: Client) -> None:
    said = text_of(client.get("/people/", {"q": "А", "colour": "red"}))

    assert "Not understood and left aside: colour" in said


def test_chip_removes_one_filter(registry_loaded: Path, client: Client) -> None:
    html = client.get("/people/", {"q": "а", "sex": "f", "birth_from": "1880"}).content.decode()

    chips = html.partition('class="chips"')[2].partition("</ul>")[0].replace("&amp;", "&")
    addresses = re.findall(r'href="([^"]+)"', chips)
    assert sorted(addresses) == sorted(
        [
            "/people/?birth_from=1880&sex=f",
            "/people/?q=%D0%B0&sex=f",
            "/people/?q=%D0%B0&birth_from=1880",
        ]
    )


def test_empty_fields_leave_the_address(client: Client) -> None:
    response = client.get("/ru/people/?q=А&family=&given=")

    assert (response.status_code, response["Location"]) == (302, "/ru/people/?q=%D0%90")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "٣", ""])
def test_absurd_page_number_is_still_a_page(
    registry_loaded: Path, client: Client, number: str
) -> None:
    assert client.get("/sources/", {"page": number}).status_code == 200


def test_letters_of_both_scripts(registry_loaded: Path, client: Client) -> None:
    assert "Мандельштам" in text_of(client.get("/index/М/"))
    assert "Мандельштам" in text_of(client.get("/index/M/"))
    assert client.get("/index/Ё/").status_code == 404


def test_home_has_what_it_promises(registry_loaded: Path, client: Client) -> None:
    response = client.get("/")

    said = text_of(response)
    for one in ("Died on this day", "Places of killing", "Name of the person"):
        assert one in said
    assert 'href="/index/' in response.content.decode()


def test_about_tells_who_operates_it(client: Client, settings: Any) -> None:
    assert "has not given a name" in text_of(client.get("/about/"))
    settings.OPERATOR_NAME = "An invented society"
    assert "An invented society" in text_of(client.get("/about/"))


def test_read_only_is_said(client: Client, settings: Any) -> None:
    settings.READ_ONLY = True

    assert "can only be read at the moment" in text_of(client.get("/about/"))


def test_page_is_linked_in_every_language(registry_loaded: Path, client: Client) -> None:
    html = client.get("/uk/sites/").content.decode()

    assert '<link rel="canonical" href="http://testserver/uk/sites/">' in html
    assert '<link rel="alternate" hreflang="ru" href="http://testserver/ru/sites/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/sites/">' in html


def test_banner_offers_and_never_redirects(client: Client) -> None:
    response = client.get("/about/", headers={"Accept-Language": "uk-UA,ru;q=0.8,en;q=0.5"})

    assert response.status_code == 200
    assert "Ця сторінка є й українською мовою." in text_of(response)
    assert "Accept-Language" in response["Vary"]
    same = client.get("/uk/about/", headers={"Accept-Language": "uk"})
    assert 'class="offer"' not in same.content.decode()


@pytest.mark.parametrize(
    ("header", "language"),
    [("ru-RU,ru;q=0.9", "ru"), ("de,uk;q=0.3", "uk"), ("de", ""), ("", ""), ("*;q=x", "")],
)
def test_preferred_language(header: str, language: str) -> None:
    assert preferred_language(header) == language


def test_address_in_another_language() -> None:
    assert path_in("ru", "/people/1/") == "/ru/people/1/"
    assert path_in("en", "/uk/people/1/") == "/people/1/"
    assert path_in("uk", "/ru/") == "/uk/"


@pytest.mark.parametrize("path", ["/ru//evil.com/", "//evil.com/", "/uk////evil.com/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_address_in_another_language_names_no_other_host(language: str, path: str) -> None:
    assert path_in(language, path) == f"{LANGUAGES[language]}/evil.com/"


@pytest.mark.parametrize(
    "path", ["/ru//evil.com/", "/uk///evil.com/", "/ru/%5Cevil.com/", "/ru/%09/evil.com/"]
)
def test_page_of_a_crooked_address_leads_to_no_other_host(client: Client, path: str) -> None:
    html = client.get(path).content.decode()

    assert "evil.com" in html
    assert re.findall(r'href="(?:/|\\|\s)[/\\\s]', html) == []


@pytest.mark.parametrize("prefix", LANGUAGES.values())
def test_record_has_one_address(registry_loaded: Path, client: Client, prefix: str) -> None:
    response = client.get(f"{prefix}/people/007/")

    assert (response.status_code, response["Location"]) == (301, f"{prefix}/people/7/")
    assert client.get(f"{prefix}/entries/01/")["Location"] == f"{prefix}/entries/1/"


def test_page_past_the_last_says_which_is_the_last(registry_loaded: Path, client: Client) -> None:
    response = client.get("/people/", {"sex": "f", "limit": "10", "page": "999"})

    said = text_of(response)
    last = re.search(r"There is no page 999; the last is (\d+)\.", said)
    assert last
    assert f'href="?sex=f&amp;limit=10&amp;page={last[1]}"' in response.content.decode()
    assert "Nobody was found" not in said
    assert "Page 999 of" not in said


def test_long_question_is_repeated_no_longer_than_it_is_read(client: Client) -> None:
    response = client.get("/people/", {"q": "Я" * 5_000, "sort": "x" * 5_000})

    html = response.content.decode()
    assert "Only the first 200 characters of what was written are read." in html
    assert max(len(run) for run in re.findall("Я+|x+|(?:%D0%AF)+", html)) == 200 * len("%D0%AF")
    assert "Only the first" not in client.get("/people/", {"q": "Я" * 200}).content.decode()


def test_lists_say_fates_in_the_right_gender(registry_loaded: Path, client: Client) -> None:
    for name, fate in (("Гаибова", "Расстреляна"), ("Бабель", "Расстрелян")):
        html = client.get("/ru/people/", {"q": name}).content.decode()
        hits = html.partition('class="hits"')[2].partition("</ol>")[0]

        assert f"· {fate}</span>" in hits


def test_entry_says_its_fate_in_the_right_gender(registry_loaded: Path, client: Client) -> None:
    for key, wrong in (("babel-isaac", "(а)"), ("gayibova-khadija", "(а)")):
        person = client.get("/ru" + address_of(key)).content.decode()
        for entry in set(re.findall(r"/ru/entries/\d+/", person)):
            assert wrong not in text_of(client.get(entry))
        assert wrong not in re.sub(r"<[^>]+>", "", person)


def test_place_says_what_its_editors_say(registry_loaded: Path, client: Client) -> None:
    said = text_of(client.get("/sites/bykivnia/"))

    assert "Where and when What kind of place it is, its country, its regions" in said


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_nothing_here_is_said_in_words(client: Client, language: str) -> None:
    response = client.get(f"{language}/people/999999/")

    assert response.status_code == 404
    assert 'type="search"' in response.content.decode()


def test_error_pages_are_made_without_a_database() -> None:
    request = RequestFactory().get("/ru/")
    made = {
        400: errors.bad_request(request, SuspiciousOperation()),
        403: errors.forbidden(request, PermissionError()),
        404: errors.not_found(request),
        410: errors.gone(request),
        500: errors.server_error(request),
    }

    for status, response in made.items():
        assert response.status_code == status
        assert str(status) in text_of(response)


def test_error_on_a_foreign_host_has_words(client: Client) -> None:
    response = client.get("/", headers={"Host": "elsewhere.example"})

    assert response.status_code == 400
    assert "elsewhere" not in response.content.decode()


def test_errors_of_the_api_are_json() -> None:
    response = errors.server_error(RequestFactory().get("/api/v1/people"))

    assert (response.status_code, response["Content-Type"]) == (500, "application/json")


@pytest.mark.parametrize("path", ["/", "/people/", "/sites/", "/about/"])
def test_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_sitemap_lists_people_in_three_languages(registry_loaded: Path, client: Client) -> None:
    index = client.get("/sitemap.xml").content.decode()
    people = client.get("/sitemap-1.xml").content.decode()

    assert "http://testserver/sitemap-1.xml" in index
    assert people.count("<loc>") == 3 * Person.public.count()
    assert f"http://testserver/uk{address_of('mandelstam-osip')}" in people
    assert "http://testserver/ru/sites/bykivnia/" in client.get("/sitemap-0.xml").content.decode()
    assert client.get("/sitemap-9.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content


def test_stylesheet_is_small() -> None:
    sheet = Path(__file__).parents[2] / "registry" / "static" / "registry" / "registry.css"

    assert len(gzip.compress(sheet.read_bytes())) <= 12_000
    assert "url(" not in sheet.read_text()
