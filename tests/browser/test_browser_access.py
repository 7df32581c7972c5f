"""For everybody: axe-core finds nothing, the keyboard reaches all, names and sizes are as WCAG 2.2 wants them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
import samples

from geomap.maps.webmap import Map
from geomap.models import Provenance, Report

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One after the other on the same page.
WIDE = {
    "as opened": "",
    "card and notices": "document.querySelector('#list .entry').click(); document.querySelector('#notices').click()",
    "filtered and searched": """document.querySelector('#legend input').click();
        const field = document.querySelector('#search'); field.value = 'ra'; field.dispatchEvent(new Event('input'))""",
    "nothing found": """const field = document.querySelector('#search'); field.value = 'xyz';
        field.dispatchEvent(new Event('input'))""",
    "help and about": "document.querySelector('#help').click()",
}
NARROW = {
    "card": "document.querySelector('#list .entry').click()",
    "full sheet": "document.querySelector('#grip').click()",
    "legend": "document.querySelector('#filters').click()",
}


def story() -> Map:
    return Map.from_readings(samples.readings(), title="Columns")


def arabic() -> Map:
    """A story whose title, publisher, actor, places and words are Arabic."""
    quote = "غادرت قافلة من نحو عشرين شاحنة مدينة الرقة متجهة إلى الحسكة يوم الثلاثاء."
    claim = Provenance("r1", "صحيفة الوادي", "قافلة تغادر", None, date(2021, 5, 6), quote, 0, len(quote), ((6, 30),))
    item = replace(
        samples.movements()[0],
        provenance=claim,
        actor="حرس الحدود",
        origin=(samples.ref(samples.RAQQA, "الرقة"),),
        destination=(samples.ref(samples.HASAKAH, "الحسكة"),),
    )
    report = Report("r1", quote, "صحيفة الوادي", "قافلة تغادر", None, date(2021, 5, 6), "ar")
    return Map(title="قوافل بين الرقة والحسكة").add_report(report).add_movement(item)


@pytest.fixture(scope="session")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return resources.files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page, axe: str) -> list[str]:
    """Return what axe-core objects to, each with its rule and the first element."""
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def walked(page, axe: str, states: dict[str, str]) -> dict[str, list[str]]:
    """Bring the page from state to state; return what axe-core objects to in each."""
    found = {}
    for state, act in states.items():
        page.evaluate(f"() => {{ {act} }}")
        found[state] = violations(page, axe)
    return {state: objections for state, objections in found.items() if objections}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_wide_screen(open_map, axe, scheme):
    assert walked(open_map(story(), color_scheme=scheme).page, axe, WIDE) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (320, 256)])
def test_axe_finds_nothing_on_a_narrow_screen(open_map, axe, size, scheme):
    page = open_map(story(), size=size, color_scheme=scheme, has_touch=True).page
    assert walked(page, axe, NARROW) == {}


@pytest.mark.parametrize("webmap", [Map, arabic], ids=["empty", "Arabic"])
def test_axe_finds_nothing_on_odd_pages(open_map, axe, webmap):
    page = open_map(webmap(), hash="#id=m1").page
    assert violations(page, axe) == []


def test_axe_finds_nothing_without_script(open_map, axe):
    """Axe is a script itself: the page is shown without its own."""
    page = open_map(Map()).page
    page.set_content(re.sub(r"<script.*?</script>", "", arabic().get_root().render(), flags=re.DOTALL))
    assert page.locator("#plain li").count() == 1
    assert violations(page, axe) == []


def reach(page, most: int = 60) -> list[str]:
    """Return what Tab reaches from the start of the page, by id, act or class."""
    reached = []
    for _ in range(most):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => { const at = document.activeElement;
            return at.id || at.dataset.act || at.dataset.facet || at.dataset.id || at.className || at.tagName; }"""
        )
        if name == "BODY":
            break
        reached.append(name)
    return reached


def test_tab_reaches_every_control_after_a_link_past_them(open_map):
    reached = reach(open_map(story()).page)
    assert reached[0] == "skip"
    for name in ("find", "dark", "print", "picture", "help", "actor:0", "zoomIn", "search", "m1", "play", "asof"):
        assert name in reached


def test_the_link_past_the_controls_leads_to_the_list(open_map):
    page = open_map(story()).page
    page.keyboard.press("Tab")
    assert page.locator("#skip").bounding_box()["y"] >= 0, "seen while it has the focus"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "entry" in page.evaluate("document.activeElement.className")


def test_focus_is_seen_wherever_it_is(open_map):
    page = open_map(story()).page
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            """() => { const at = document.activeElement; const style = getComputedStyle(at.closest(".row") ?? at);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; }"""
        )
        assert outline, page.evaluate("document.activeElement.outerHTML")


def test_focus_goes_into_the_card_and_back_to_where_it_came_from(open_map):
    page = open_map(story()).page
    page.locator("#list [data-id=m3]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    page.get_by_label("Close").click()
    assert page.evaluate("document.activeElement.dataset.id") == "m3"


def test_the_dialog_keeps_the_focus_and_gives_it_back(open_map):
    page = open_map(story()).page
    page.locator("#help").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "help"


def test_the_legend_of_a_narrow_screen_takes_the_focus_and_gives_it_back(open_map):
    page = open_map(story(), size=(390, 844)).page
    page.click("#filters")
    assert page.get_attribute("#filters", "aria-expanded") == "true"
    assert page.evaluate("document.activeElement.dataset.facet").startswith("actor:")
    page.keyboard.press("Escape")
    assert page.locator("#legend").is_hidden()
    assert page.evaluate("document.activeElement.id") == "filters"


def test_a_key_leads_to_the_legend_of_a_wide_screen(open_map):
    page = open_map(story()).page
    page.keyboard.press("l")
    assert page.evaluate("document.activeElement.dataset.facet").startswith("actor:")


def test_the_sheet_is_drawn_up_by_its_grip_and_pushed_down_again(open_map):
    page = open_map(story(), size=(390, 844)).page
    for stop, to in (("half", -200), ("full", -200), ("half", 150), ("low", 150)):
        box = page.locator("#grip").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y + to)
        page.mouse.up()
        assert page.get_attribute("html", "data-sheet") == stop
    page.locator("#grip").focus()
    page.keyboard.press("Enter")
    assert page.get_attribute("html", "data-sheet") == "half"


def test_headings_and_landmarks_give_the_page_its_shape(open_map):
    page = open_map(story(), hash="#id=m1").page
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].filter((h) => h.offsetParent).map((h) => h.tagName)"
    )
    assert levels.count("H1") == 1
    assert levels[0] == "H1"
    for role in ("banner", "main", "contentinfo", "complementary"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("region", name="Reports and movements").count() == 1


@pytest.mark.parametrize(("size", "least", "touch"), [((1400, 900), 24, False), ((390, 844), 44, True)])
def test_targets_are_large_enough(open_map, size, least, touch):
    page = open_map(story(), size=size, has_touch=touch).page
    page.click("#list .entry")
    small = page.evaluate(
        """least => [...document.querySelectorAll("button, .row, summary, input[type=search]")]
            .filter((one) => one.offsetParent && !one.matches(".plain-row, .grip"))
            .filter((one) => one.offsetWidth < least || one.offsetHeight < least)
            .map((one) => `${one.offsetWidth}x${one.offsetHeight} ${one.outerHTML.slice(0, 120)}`)""",
        least - 0.5,
    )
    assert small == []


@pytest.mark.parametrize("size", [(640, 512), (320, 256)], ids=["200 %", "400 %"])
def test_zoomed_in_nothing_is_cut_off(open_map, size):
    """WCAG 1.4.10: a screen of 1280 by 1024 pixels has this size at that zoom."""
    page = open_map(story(), size=size).page
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    last = page.locator("#list .entry").last
    last.scroll_into_view_if_needed()
    last.click()
    page.locator("#card").get_by_text("Copy citation").scroll_into_view_if_needed()
    box = page.locator("#card").get_by_text("Copy citation").bounding_box()
    assert 0 <= box["y"] <= size[1]


def test_nothing_moves_where_motion_is_reduced(open_map):
    page = open_map(story()).page
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
            const style = getComputedStyle(one);
            return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
        }).map((one) => one.className)"""
    )
    assert moving == []


def test_forced_colours_keep_chips_and_choice_apart(open_map):
    page = open_map(story(), forced_colors="active", hash="#id=m1").page
    for part in (".chip", ".entry[aria-current]"):
        style = page.locator(part).first.evaluate("one => getComputedStyle(one).borderTopStyle")
        assert style == "solid", part


def test_a_page_from_right_to_left_mirrors_its_panels_but_not_the_map(open_map):
    page = open_map(arabic(), hash="#id=m1").page
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.get_attribute("html", "lang") == "ar"
    assert page.get_attribute("#app", "lang") == "en", "the words of the page itself"
    left = {part: page.locator(part).bounding_box()["x"] for part in ("#side", ".stage", "#legend")}
    assert left["#side"] < left[".stage"] < left["#legend"]
    direction = "node => getComputedStyle(node).direction"
    assert page.locator(".stage").evaluate(direction) == "ltr"
    assert page.locator("#time").evaluate(direction) == "ltr"
    assert page.locator("#card blockquote").evaluate(direction) == "rtl"
    assert page.get_attribute("#card blockquote", "lang") == "ar"
    assert page.locator("#list .what").first.evaluate(direction) == "ltr", "its arrow points from left to right"


def test_a_page_from_left_to_right_is_not_mirrored(open_map):
    page = open_map(story()).page
    assert page.get_attribute("html", "dir") == "ltr"
    assert page.locator("#legend").bounding_box()["x"] < page.locator("#side").bounding_box()["x"]


def test_all_notices_can_be_read(open_map):
    page = open_map(story(), size=(700, 800)).page
    page.evaluate("document.querySelector('#attribution').textContent = 'A notice of some length. '.repeat(20)")
    line = page.locator("#attribution")
    assert line.evaluate("one => one.scrollWidth > one.clientWidth")
    page.click("#notices")
    assert page.get_attribute("#notices", "aria-expanded") == "true"
    assert line.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight + 1")


def test_the_page_names_itself(open_map):
    page = open_map(story()).page
    assert page.title() == "Columns"
    assert page.get_attribute("meta[name=description]", "content").startswith("Columns. A map of what reports tell")
    assert page.get_attribute("link[rel=icon]", "href").startswith("data:image/svg+xml,")
