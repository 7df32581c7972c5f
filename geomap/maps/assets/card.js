// The card of one item: what, when, where, how it was drawn, who says so, in their words.
import { straightMetres } from "./bends.js";
import { POSSIBLE, asKnown } from "./clock.js";
import { regionPicture } from "./regions.js";
import { citation, claimed, copyText, tellings } from "./sources.js";
import { sureness } from "./state.js";
import { byId, count, dayText, el, icon, intervalText, metresText, outside, words } from "./text.js";

const HOW = { reported: "reported", inferred: "inferred along roads", schematic: "schematic, only the ends are known" };
const EXTENT = { R: "road", H: "water", L: "region", A: "region" };
const SURE = { high: "read clearly", middle: "read with some doubt", low: "read with doubt" };

export function makeCard(data, store, palette, announce) {
  const root = byId("card");
  let drawnFor = null;

  function draw() {
    const chosen = data.byId.get(store.state.id);
    const item = chosen && asKnown(chosen, store.state);
    root.hidden = !item;
    const state = item
      ? [item.id, item.status, item.claims.length, item.possible, store.shown(item), palette.dark()].join()
      : null;
    if (state === drawnFor) return; // what is unfolded and has the focus stays so
    drawnFor = state;
    if (item) fill(item);
  }

  /** Scroll to the card, however far down the list its item was chosen. */
  const seen = () => {
    byId("side").scrollTop = root.scrollTop = 0;
  };

  function fill(item) {
    const chip = el("span", { class: `chip status-${item.status ?? item.type}`, text: item.status ?? item.kind });
    const tag =
      item.actor < 0
        ? el("b", { class: "tag", text: "not named" })
        : el("b", { class: "tag", dir: "auto", text: data.actors[item.actor].name });
    tag.style.color = palette.actorWords(item.actor);
    root.replaceChildren(
      el(
        "div",
        { class: "top" },
        chip,
        tag,
        store.shown(item) ? "" : el("span", { class: "chip", text: "outside the time or filters" }),
        item.possible ? el("span", { class: "chip", title: POSSIBLE, text: "possibly" }) : "",
        el(
          "button",
          {
            type: "button",
            class: "icon close",
            "aria-label": "Close",
            onclick: () => store.set({ id: null, back: item.id }),
          },
          icon("close"),
        ),
      ),
      el("h2", { class: "sentence", dir: "ltr", text: item.sentence }),
      el("p", { class: "when" }, ...when(item)),
      facts(item),
      where(item),
      drawn(item),
      item.note ? el("p", { class: "note", dir: "auto", text: item.note }) : "",
      el("h3", { text: item.tellings ? `Sources, ${item.tellings.length}` : "Source" }),
      ...claimed(item.source, data.reports),
      tellings(item, data.reports),
      others(item),
      tools(item),
    );
    seen();
  }

  function when(item) {
    const reported = item.told === null ? "" : ` · reported ${dayText(item.told)}`;
    if (!item.whenText) return [item.event ? intervalText(item.event) : "date not given", reported];
    const said = ["“", outside(item.whenText), "”"];
    return item.event
      ? [intervalText(item.event), " (", ...said, ")", reported]
      : [...said, ", day not known", reported];
  }

  /** Return what a table that was given says of the item, row by row. */
  function facts(item) {
    if (!item.facts?.length) return "";
    const row = ([name, value]) =>
      el(
        "tr",
        {},
        el("th", { scope: "row", dir: "auto", text: String(name) }),
        el("td", { dir: "auto", text: String(value) }),
      );
    return el("table", { class: "facts" }, el("tbody", {}, ...item.facts.map(row)));
  }

  function where(item) {
    const lists = [
      ["From", item.from],
      ["By way of", item.via],
      ["To", item.to],
      ["At", item.places],
      ["Ends", item.about],
    ];
    const rows = lists.flatMap(([role, refs]) => (refs ?? []).map((ref) => place(role, ref)));
    return rows.length ? el("dl", { class: "where" }, ...rows.flat()) : "";
  }

  function place(role, ref) {
    const found = ref.place;
    const known = found
      ? [
          placeIn(found),
          found.extent === "area" ? (EXTENT[found.feature?.[0]] ?? "area") : found.extent,
          found.precision && !found.extent ? `±${metresText(found.precision)}` : null,
        ]
      : ["no place found"];
    const body = el(
      "dd",
      {},
      el("b", { dir: "auto", text: found?.name ?? ref.text }),
      ...(found?.local ? [" ", el("bdi", { class: "local", text: found.local })] : []),
      el("span", { class: "quiet", text: ` ${known.filter(Boolean).join(" · ")}` }),
      found && found.name !== ref.text ? el("span", { class: "quiet" }, " · written “", outside(ref.text), "”") : "",
      ref.how ? el("span", { class: "reason", dir: "auto", text: ref.how }) : "",
      ref.others?.length ? namesakes(ref.others) : "",
    );
    return [el("dt", { text: role }), body];
  }

  function namesakes(candidates) {
    const one = ({ name, why, ...rest }) => {
      const inside = placeIn({ name, ...rest });
      return el("li", {}, outside(name), inside ? `, ${inside}` : "", why ? ` – ${why}` : "");
    };
    return el(
      "details",
      {},
      el("summary", { text: `${count(candidates.length, "other place")} of that name` }),
      el("ul", {}, ...candidates.map(one)),
    );
  }

  function drawn(item) {
    if (item.notDrawn) return undrawn(item);
    if (item.route) return route(item);
    if (!item.builtFrom) return "";
    const size = [
      item.length ? `${metresText(item.length)} long` : null,
      item.area ? `${Math.round(item.area / 1e6).toLocaleString("en")} km²` : null,
    ].filter(Boolean);
    return el(
      "p",
      { class: "drawn", dir: "ltr" },
      el("b", { text: item.published ? "Limits published. " : "Limits not published. " }),
      item.builtFrom,
      size.length ? ` (${size.join(", ")})` : "",
    );
  }

  /** Say why there is no line or mark, and show the outline of what is known instead. */
  function undrawn(item) {
    const known = item.regions.map((id) => data.regions.get(id));
    const marked = item.spots.length ? " The marks on the map point nowhere in particular." : "";
    const whole = known.length && !known.some((region) => region.cut);
    const shown = whole
      ? " Its outline is hatched on the map."
      : known.length
        ? " What of it lies on the map is hatched."
        : "";
    return el(
      "p",
      { class: "undrawn", dir: "ltr" },
      whole
        ? regionPicture(known, palette.item(item), el("canvas", { width: 144, height: 112, "aria-hidden": "true" }))
        : "",
      el("span", { text: item.notDrawn + marked + shown }),
    );
  }

  function route(item) {
    const lengths = new Map();
    for (const leg of item.route.legs) {
      const made = HOW[leg.how] + (leg.by ? ` by ${leg.by}` : "");
      lengths.set(made, (lengths.get(made) ?? 0) + leg.m);
    }
    const legs = [...lengths].map(([made, metres]) => (lengths.size > 1 ? `${metresText(metres)} ${made}` : made));
    const crossings = (item.route.crossings ?? []).map(
      (one) =>
        `crosses at ${one.name} (${one.between.map(countryName).join("–")}), ${metresText(one.at)} from the start${one.note ? `, ${one.note}` : ""}`,
    );
    const straight = straightMetres(item);
    if (straight) legs.push(`about ${metresText(straight)} of it drawn straight: bends not known`);
    const open = [
      item.route.openStart ? "its origin is not known" : null,
      item.route.openEnd ? "its end is not known" : null,
    ];
    const text = [
      `${metresText(item.route.length)} in all`,
      ...legs,
      ...crossings,
      ...open.filter(Boolean),
      SURE[sureness(item)],
    ].join(" · ");
    return el("p", { class: "drawn", dir: "ltr" }, el("b", { text: "Line: " }), text);
  }

  function others(item) {
    const same = data.items.filter((other) => other !== item && other.source.report === item.source.report).length;
    return same ? el("p", { class: "quiet", text: `The same report tells of ${count(same, "other item")}.` }) : "";
  }

  function tools(item) {
    const copy = (label, text) =>
      el("button", { type: "button", class: "text-button", text: label, onclick: () => copyText(text(), announce) });
    return el(
      "p",
      { class: "tools" },
      copy("Copy link", () => location.href),
      copy("Copy citation", () => citation(item, data.reports)),
      el("span", { class: "quiet", text: words(item.kind) }),
    );
  }

  draw();
  return {
    draw,
    focus() {
      root.focus({ preventScroll: true });
      seen();
    },
  };
}

const COUNTRIES = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

function countryName(code) {
  return /^[A-Z]{2}$/.test(code) ? COUNTRIES.of(code) : code;
}

/** Return the unit and country a place is in; a country is in itself. */
function placeIn({ name, unit: admin, country }) {
  const parts = [admin, country ? countryName(country) : null];
  return parts.filter((part) => part && part !== name).join(", ");
}
