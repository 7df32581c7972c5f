// The legend is the filter: what is in the file, how it is drawn, what the words mean, how many, on or off.
import { straightMetres } from "./bends.js";
import { isBase } from "./places.js";
import { facetValues } from "./state.js";
import { placeSwatch, straightSwatch, swatchOf } from "./swatches.js";
import { pictureOf } from "./symbols.js";
import { byId, el, words } from "./text.js";

const FIRST = 12; // rows of a group; the rest waits behind a button
const LATER = 200; // milliseconds until the numbers follow the clock

const MEANING = {
  status: {
    completed: "the report says it has happened",
    ongoing: "the report says it is under way",
    planned: "announced or intended",
    ordered: "ordered, not yet seen",
    denied: "said by some, denied by others; never deleted",
    unknown: "the source does not say how far it has come",
  },
  how: {
    reported: ["along roads, reported", "the report names the road or gives the line"],
    inferred: ["along roads, inferred", "the shortest way along the road network between the named places"],
    schematic: ["schematic", "only the ends are known; the line between them means nothing"],
    none: ["not drawn", "listed with the reason"],
  },
  sure: {
    high: ["read clearly", "confidence of the reading 0.75 or more"],
    middle: ["read with some doubt", "confidence 0.5 to 0.75; drawn a little fainter"],
    low: ["read with doubt", "confidence below 0.5; drawn faint, without a casing"],
  },
  area: {
    published: ["limits published", "drawn as the report gives them; a dashed edge: planned"],
    assumed: ["extent not published", "hatched; built from the words of the report as its card says"],
    possible: ["edge uncertain", "inside surely part of it, outside possibly"],
    none: ["not drawn", "listed with the reason"],
  },
  incident: {
    strike: "from the air, or by a missile or drone",
    shelling: "by artillery, rockets or mortars",
    clash: "fighting between forces",
    capture: "a place was taken",
    sighting: "forces were seen, no movement is told",
    presence: "forces are said to be there",
  },
  dated: {
    undated: ["date unknown", "shown at any time, listed apart"],
    vague: ["day not sure", "on some day of those given; “possibly”, and drawn faint, until the last of them"],
    background: ["told as history", "the report tells it as background, not as news"],
  },
};

const NOTES = { actor: "Colour and shape go by first appearance; none means friend or foe." };

const TITLES = [
  ["actor", "Actors"],
  ["status", "Status"],
  ["how", "How the line was obtained"],
  ["sure", "How sure the reading is"],
  ["area", "Areas"],
  ["incident", "Incidents"],
  ["dated", "Dates"],
];

export function makeLegend(data, store, palette) {
  const root = byId("legend");
  const totals = Object.fromEntries(TITLES.map(([facet]) => [facet, tally(data.items, facet)]));
  const places = placeRows(data);
  const open = new Set(); // groups of which every row is shown
  let explained = false;
  let waiting = null;

  function draw() {
    const active = document.activeElement?.dataset?.facet;
    const groups = TITLES.map(([facet, title]) => group(facet, title)).filter(Boolean);
    const again = el("button", { type: "button", class: "text-button", text: "Show all again", onclick: reset });
    again.hidden = !anyOff();
    root.replaceChildren(
      ...groups,
      placesGroup(),
      symbolsGroup(),
      el("div", { class: "legend-foot" }, meaningButton(), again),
    );
    root.classList.toggle("explained", explained);
    if (active) root.querySelector(`[data-facet="${CSS.escape(active)}"]`)?.focus();
    count();
  }

  const anyOff = () => Object.values(store.state.off).some((set) => set.size);

  function reset() {
    for (const set of Object.values(store.state.off)) set.clear();
    store.set({ off: store.state.off });
  }

  function meaningButton() {
    const text = explained ? "Hide what these mean" : "What do these mean?";
    const onclick = () => {
      explained = !explained;
      draw();
      root.querySelector(".meanings").focus();
    };
    return el("button", {
      type: "button",
      class: "text-button meanings",
      "aria-expanded": `${explained}`,
      text,
      onclick,
    });
  }

  function group(facet, title) {
    const counts = totals[facet];
    if (!counts.size || (facet === "sure" && counts.size === 1)) return null;
    const all = [...counts].sort(facet === "actor" ? byCount : byOrder(facet));
    const off = ([value]) => store.state.off[facet].has(value);
    const shown = open.has(facet) || all.length <= FIRST + 1 ? all : all.filter((one, i) => i < FIRST || off(one));
    const rows = shown.map(([value, number]) => row(facet, value, number));
    if (facet === "how" && data.items.some((item) => straightMetres(item) > 0)) rows.push(straightRow());
    if (all.length > FIRST + 1) rows.push(moreButton(facet, title, all.length));
    const note = NOTES[facet] ? el("small", { class: "meaning", text: NOTES[facet] }) : null;
    return el("fieldset", {}, el("legend", { text: title }), note, ...rows);
  }

  function moreButton(facet, title, number) {
    const text = open.has(facet) ? "Show fewer" : `Show all ${number}`;
    const onclick = () => {
      if (!open.delete(facet)) open.add(facet);
      draw();
      root.querySelector(`[data-more="${facet}"]`).focus();
    };
    return el("button", {
      type: "button",
      class: "text-button",
      "data-more": facet,
      "aria-label": `${text}: ${title}`,
      text,
      onclick,
    });
  }

  function row(facet, value, number) {
    const on = !store.state.off[facet].has(value);
    const [label, meaning] = describe(facet, value);
    const key = `${facet}:${value}`;
    const box = el("input", { type: "checkbox", "data-facet": key, onchange: () => store.toggle(facet, value) });
    box.checked = on;
    if (meaning) box.setAttribute("aria-describedby", `means-${key}`);
    const tag = facet === "actor" && value >= 0 ? el("b", { class: "tag", text: data.actors[value].tag }) : null;
    if (tag) tag.style.color = palette.actorWords(Number(value));
    return el(
      "label",
      { class: on ? "row" : "row off" },
      box,
      swatchOf(facet, value, palette),
      el(
        "span",
        { class: "named" },
        el("span", { class: "name", dir: "auto" }, label),
        meaning ? el("small", { class: "meaning", id: `means-${key}`, text: meaning }) : null,
      ),
      tag,
      el("span", { class: "number", "data-count": key, text: `${number}` }),
    );
  }

  function describe(facet, value) {
    if (facet === "actor")
      return value < 0 ? ["not named", "the report does not say whose forces"] : [data.actors[value].name, ""];
    const meaning = MEANING[facet]?.[value];
    return Array.isArray(meaning) ? meaning : [words(value), meaning ?? ""];
  }

  const straightRow = () =>
    plainRow(straightSwatch(palette), "drawn straight", "a road whose bends are not known, for 25 km or more");

  const placesGroup = () =>
    places.length
      ? el(
          "div",
          { class: "places" },
          el("h2", { text: "Places" }),
          ...places.map(([name, label, meaning]) => plainRow(placeSwatch(name, palette), label, meaning)),
        )
      : "";

  /** Explain the military symbols that are in the file. */
  function symbolsGroup() {
    if (!data.symbols) return "";
    const { svg, says, of } = data.symbols;
    const used = new Set(Object.values(of));
    const rows = says.map(([side, size], i) => {
      const meaning = side === "unknown" ? "no side was given" : "whose side: as the maker of this map says";
      const image = el("img", { class: "symbol", alt: "", src: pictureOf(svg[i]) });
      const label = [side, size].filter(Boolean).join(", ");
      return used.has(i) ? plainRow(image, label, size ? `${meaning}; its size as the report says` : meaning) : null;
    });
    return el("div", { class: "places" }, el("h2", { text: "Military symbols" }), ...rows);
  }

  /** Say in each row how many of its items are shown now, where not all are. */
  function count() {
    clearTimeout(waiting);
    waiting = null;
    const visible = store.visible();
    const now = Object.fromEntries(TITLES.map(([facet]) => [facet, tally(visible, facet)]));
    for (const node of root.querySelectorAll("[data-count]")) {
      const [facet, value] = node.dataset.count.split(":");
      const [shown, total] = [now[facet].get(value) ?? 0, totals[facet].get(value)];
      node.textContent = shown === total ? `${total}` : `${shown}/${total}`;
      node.title = shown === total ? "" : `${shown} of ${total} shown`;
    }
  }

  store.listen((_, changes) => {
    if (!("off" in changes)) waiting ??= setTimeout(count, LATER);
  });
  draw();
  return { draw };
}

/** Return how many items have each value of a facet. */
function tally(items, facet) {
  const counts = new Map();
  for (const item of items)
    for (const value of facetValues(item, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Actors: those named before those that are not, the most frequent first, then by first appearance. */
const byCount = (a, b) => (a[0] < 0) - (b[0] < 0) || b[1] - a[1] || a[0] - b[0];

function byOrder(facet) {
  const order = Object.keys(MEANING[facet] ?? {});
  return (a, b) => order.indexOf(a[0]) - order.indexOf(b[0]);
}

const plainRow = (swatch, label, meaning) =>
  el(
    "div",
    { class: "row plain-row" },
    swatch,
    el(
      "span",
      { class: "named" },
      el("span", { class: "name", text: label }),
      meaning ? el("small", { class: "meaning", text: meaning }) : null,
    ),
  );

/** Return [sample, words, meaning] of the marks of places that are in the file. */
function placeRows({ items }) {
  const named = items.filter((item) => item.type !== "area").flatMap((item) => item.refs.map((ref) => ref.place));
  const spots = named.filter((place) => place && !place.extent);
  const rows = [
    [spots.some((place) => !isBase(place)), "town", "town, village", ""],
    [spots.some(isBase), "base", "base, airfield", ""],
    [
      items.some((item) => item.route?.crossings?.length),
      "crossing",
      "border crossing",
      "where a line goes from one country to the next",
    ],
    [spots.length, "within", "surely inside this ring", "in true metres; seen when it is larger than its dot"],
    [
      new Set(spots.map((place) => place.id)).size > 1,
      "several",
      "several close together",
      "the number is written beside the name; zooming in parts them",
    ],
    [
      items.some((item) => item.spots.length),
      "arrival",
      "reached or left, way not known",
      "the marks point at it or away from it on all sides",
    ],
    [
      items.some((item) => item.regions.length),
      "region",
      "reported only as this region",
      "countries are hatched while their item is chosen",
    ],
  ];
  return rows.filter(([there]) => there).map(([, ...row]) => row);
}
