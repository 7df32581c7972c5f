from __future__ import annotations

import json

import pytest

from geomap.errors import InputError
from geomap.reports.intake.webpages import read_page

STORY = "<p>The column left the base on Monday and drove to the border town, officials and residents said.</p>" * 4


def page(head: str = "", body: str = f"<article><h1>Column leaves</h1>{STORY}</article>", lang: str = "en") -> str:
    top = f"<head><title>Column leaves | Paper</title>{head}</head>"
    return f'<!DOCTYPE html><html lang="{lang}">{top}<body>{body}</body></html>'


def linked(**item: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


def test_linked_data_comes_before_meta_elements():
    head = (
        linked(
            **{
                "@graph": [
                    {"@type": "WebSite", "name": "Site"},
                    {
                        "@type": ["NewsArticle"],
                        "headline": "Column leaves Mopti",
                        "datePublished": "2021-05-11T23:30:00+03:00",
                        "author": [{"@type": "Person", "name": "Ada Okoro"}, {"name": "Sékou Traoré"}],
                        "publisher": {"@type": "Organization", "name": "The Paper"},
                        "inLanguage": "fr-FR",
                    },
                ]
            }
        )
        + '<meta property="article:published_time" content="2020-01-01"><meta property="og:site_name" content="Other">'
    )
    facts = read_page(page(head)).facts
    assert facts["published"] == "2021-05-11T23:30:00+03:00"
    assert (facts["author"], facts["publisher"]) == ("Ada Okoro, Sékou Traoré", "The Paper")
    assert (facts["title"], facts["language"]) == ("Column leaves Mopti", "fr-FR")


def test_meta_elements_give_what_linked_data_does_not():
    head = (
        '<meta property="article:published_time" content="2021-05-11T08:00:00Z"><meta property="og:title" content="T">'
        '<meta property="article:author" content="https://example.org/ada"><meta name="author" content="Ada Okoro">'
        '<meta property="og:site_name" content="Daily"><meta property="og:url" content="https://example.org/a">'
        '<meta property="og:locale" content="uk_UA">'
    )
    facts = read_page(page(head)).facts
    assert facts == {
        "published": "2021-05-11T08:00:00Z", "publisher": "Daily", "author": "Ada Okoro", "title": "T",
        "url": "https://example.org/a", "language": "uk_UA",
    }  # fmt: skip


def test_a_copyright_line_gives_no_date():
    body = f"<article><h1>Column leaves</h1>{STORY}</article><footer>© 2019 The Paper</footer>"
    assert read_page(page(body=body)).facts["published"] is None


def test_the_first_time_of_the_article_is_that_of_its_publication():
    one = f'<article><h1>Column</h1><time datetime="2021-05-11T08:00:00Z">Tuesday</time>{STORY}</article>'
    two = one.replace("</time>", '</time><time datetime="2020-01-02">then</time>')
    for body in (one, two, f'<time datetime="2024-12-24">today</time>{two}'):
        assert read_page(page(body=body)).facts["published"] == "2021-05-11T08:00:00Z"


@pytest.mark.parametrize(
    "broken",
    [
        "{not json",
        "[" * 5_000,
        '{"@graph": 3}',
        '{"@type": {"a": 1}}',
        "null",
        '{"@type": "NewsArticle", "headline": 7, "author": 3}',
    ],
)
def test_broken_linked_data_tells_nothing(broken):
    read = read_page(page(f'<script type="application/ld+json">{broken}</script>'))
    assert "The column left" in read.text
    assert read.facts["author"] is None


def test_hidden_words_scripts_and_captions_are_left_out():
    body = (
        "<nav>Home World</nav><article><h1>Column leaves</h1>"
        f"<figure><img src=x><figcaption>A truck in 2015</figcaption></figure>{STORY}"
        '<p style="display: none">Troops entered Paris in a long column on Monday.</p>'
        "<p hidden>Troops entered Rome in a long column on Monday.</p><script>alert('Oslo')</script></article>"
    )
    text = read_page(page(body=body)).text
    assert not any(word in text for word in ("Paris", "Rome", "Oslo", "2015", "World"))


def test_entries_of_a_live_blog_come_with_their_times():
    update = {"@type": "BlogPosting", "headline": "Army enters", "articleBody": "Soldiers entered <b>Akassa</b>."}
    item = {
        "@type": "LiveBlogPosting",
        "headline": "Delta live",
        "liveBlogUpdate": [
            update | {"datePublished": "2021-05-11T00:15:00+01:00"},
            update | {"articleBody": "Boats left.", "datePublished": "2021-05-10T23:40:00+01:00"},
            {"articleBody": "No time."},
        ],
    }
    assert read_page(page(linked(**item))).text == (
        "2021-05-11T00:15:00+01:00\nArmy enters\nSoldiers entered Akassa.\n\n"
        "2021-05-10T23:40:00+01:00\nArmy enters\nBoats left."
    )


def test_times_of_entries_in_the_page_itself_are_kept():
    entries = "".join(
        f'<div><time datetime="2021-05-11T{hour}:00:00Z">{n}h ago</time><h2>Entry</h2>'
        f"<p>Soldiers left base number {n} in the delta and drove to the coast, said officials and residents.</p></div>"
        for n, hour in enumerate(("14", "13", "12"), 1)
    )
    text = read_page(page(body=f"<main><h1>Live</h1>{entries}</main>")).text
    assert [line for line in text.split("\n") if line.startswith("2021")] == [
        "2021-05-11T14:00:00Z", "2021-05-11T13:00:00Z", "2021-05-11T12:00:00Z",
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["<html></html>", "<html><body><script>x()</script></body></html>", "plain words"])
def test_a_page_without_an_article_is_an_error(source):
    with pytest.raises(InputError):
        read_page(source)
