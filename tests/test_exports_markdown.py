import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from geomap.exports.markdown import escaped, linked

MARKS = "\\`*_{}[]()<>#+-.!|~^$&:=@\"'/ 1a\n"


def read(markdown):
    """What a reader makes of a paragraph, with tables, struck words and bare addresses as GitHub has them."""
    (start, inline, end) = MarkdownIt("gfm-like").parse(markdown)
    assert (start.type, end.type) == ("paragraph_open", "paragraph_close")
    return inline.children


def shown(markdown):
    pieces = read(markdown)
    assert {piece.type for piece in pieces} <= {"text"}, markdown
    return "".join(piece.content for piece in pieces)


@pytest.mark.parametrize(
    "text",
    [
        "*bold* _slanted_ `code` ~~struck~~ **x**",
        "[a link](https://example.org) ![a picture](x.png) [note]: x",
        "<script>alert(1)</script> <!-- --> <b>",
        "&lt;b&gt; &#60; AT&T & co",
        "# no heading", "> no quote", "- no item", "+ no item", "1. no item", "23) no item", "---", "===", "```", "~~~",
        "| no | table |", "a | b\n--- | ---", "$x$ ^up^ #12 @name",
        "https://example.org/a www.example.org HTTP://example.org mailto:a",
        "C:\\files\\a", "3.5 km at 10:30 - \"quoted\" (so)",
    ],
)  # fmt: skip
def test_text_reads_as_it_was_written(text):
    assert shown(escaped(text)) == " ".join(text.split())


@given(st.text(st.sampled_from(MARKS), min_size=1, max_size=40).filter(str.strip))
def test_no_text_formats_links_or_runs_anything(text):
    assert shown(escaped(text)) == " ".join(text.split())


@given(st.text(st.sampled_from(MARKS), max_size=30))
def test_no_text_leaves_its_place(text):
    html = MarkdownIt("gfm-like").render(f"> {escaped(text)}\n\n- **Said by:** {escaped(text)}\n- last")
    tags = [tag for tag in re.findall(r"</?(\w+)", html) if tag not in {"p", "blockquote"}]
    assert tags == ["ul", "li", "strong", "strong", "li", "li", "li", "ul"]


def test_plain_words_stay_readable():
    text = "The column left Raqqa at 5.30 p.m. (local time), he said; “no comment” - 20-km strip!"
    assert escaped(text) == text


def test_controls_of_writing_direction_are_left_out():
    assert escaped("a\u202eb\u2066c\x00d\u2028e\x9b") == "abcd e"


def test_only_addresses_of_the_web_become_links():
    (piece, *_) = read(linked("https://example.org/a_b*c?d=<e>"))
    assert piece.type == "link_open"
    assert piece.attrs["href"] == "https://example.org/a_b*c?d=%3Ce%3E"
    assert shown(linked("javascript:alert(1)")) == "javascript:alert(1)"
    assert shown(linked("data:text/html,<b>x</b>")) == "data:text/html,<b>x</b>"
