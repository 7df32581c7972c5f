// The card of one item: what, when, where, how it was drawn, who says so, in their words.
import { byId, el, icon, dayText, intervalText, link, metresText, words, count } from "./text.js";
import { regionPicture } from "./regions.js";
import { sureness } from "./state.js";

const HOW = { reported: "reported", inferred: "inferred along roads", schematic: "schematic, only the ends are known" };
const EXTENT = { R: "road", H: "water", L: "region", A: "region" };
const SURE = { high: "read clearly", middle: "read with some doubt", low: "read with doubt" };

export function makeCard(data, store, palette, announce) {
  const root = byId("card");

  function draw() {
    const item = data.byId.get(store.state.id);
    root.hidden = !item;
    if (!item) return;
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
      el("h2", { class: "sentence", dir: "auto", text: item.sentence }),
      el("p", { class: "when", dir: "auto", text: when(item) }),
      quote(item.source),
      source(item.source),
      tellings(item),
      where(item),
      drawn(item),
      item.note ? el("p", { class: "note", dir: "auto", text: item.note }) : "",
      others(item),
      tools(item),
    );
    root.scrollTop = 0;
  }

  function when(item) {
    const parts = [];
    if (item.event) parts.push(`${item.whenText ? `${item.whenText}, ` : ""}${intervalText(item.event)}`);
    else parts.push(item.whenText ? `“${item.whenText}”, day not known` : "date not given");
    if (item.told !== null) parts.push(`reported ${dayText(item.told)}`);
    return parts.join(" · ");
  }

  function quote(claim) {
    const text = claim.quote ?? "";
    if (!text) return "";
    const letters = [...text]; // offsets count characters, not UTF-16 units
    const parts = [];
    let at = 0;
    for (const [start, end] of [...(claim.marks ?? [])].sort((a, b) => a[0] - b[0])) {
      if (start < at || end > letters.length) continue;
      parts.push(letters.slice(at, start).join(""), el("mark", { text: letters.slice(start, end).join("") }));
      at = end;
    }
    parts.push(letters.slice(at).join(""));
    return el("blockquote", { dir: "auto" }, ...parts);
  }

  function source(claim) {
    const publisher = publisherOf(claim);
    return el(
      "p",
      { class: "source" },
      "Source: ",
      link(claim.url, named(claim)),
      publisher ? "" : " (publisher not given)",
      authorOf(claim) ? `, ${authorOf(claim)}` : "",
      claim.by ? `, citing ${claim.by}` : "",
      publisher && claim.title ? el("span", { dir: "auto", text: ` · ${claim.title}` }) : "",
      el("span", { class: "grade", text: ` · ${claim.grade}` }),
      claim.readBy ? ` · read by ${claim.readBy}` : "",
    );
  }

  const authorOf = (claim) => data.reports.get(claim.report)?.author;

  const publisherOf = (claim) => claim.publisher ?? data.reports.get(claim.report)?.source;
  const named = (claim) => publisherOf(claim) ?? claim.title ?? claim.report;

  /** List what every report says of the same movement, and where they differ. */
  function tellings(item) {
    if (!item.tellings) return "";
    const differ = (item.differ ?? []).map(({ what, said }) =>
      el(
        "li",
        { dir: "auto" },
        el("b", { text: `${what}: ` }),
        said
          .map(([value, ...by]) => `${value} (${by.map((number) => named(item.tellings[number].source)).join(", ")})`)
          .join(" · "),
      ),
    );
    return el(
      "div",
      { class: "tellings" },
      el(
        "details",
        {},
        el("summary", { text: `Told by ${count(item.tellings.length, "report")}` }),
        el(
          "ol",
          {},
          ...item.tellings.map(({ status, event, whenText, report, source: claim }) =>
            el(
              "li",
              {},
              el("p", {
                class: "when",
                text: [
                  status,
                  event ? intervalText(event) : whenText ? `“${whenText}”` : null,
                  report === null ? null : `reported ${dayText(report)}`,
                ]
                  .filter(Boolean)
                  .join(" · "),
              }),
              quote(claim),
              source(claim),
            ),
          ),
        ),
      ),
      differ.length ? el("p", { class: "quiet", text: "The reports differ:" }) : "",
      differ.length ? el("ul", { class: "differ" }, ...differ) : "",
    );
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
    const facts = found
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
      found?.local ? " " : "",
      found?.local ? el("bdi", { class: "local", text: found.local }) : "",
      el("span", { class: "quiet", text: ` ${facts.filter(Boolean).join(" · ")}` }),
      found && found.name !== ref.text
        ? el("span", { class: "quiet", dir: "auto", text: ` · written “${ref.text}”` })
        : "",
      ref.how ? el("span", { class: "reason", dir: "auto", text: ref.how }) : "",
    );
    if (ref.others?.length) {
      body.append(
        el(
          "details",
          {},
          el("summary", { text: count(ref.others.length, "other place") + " of that name" }),
          el(
            "ul",
            {},
            ...ref.others.map((other) =>
              el("li", {
                dir: "auto",
                text: [[other.name, placeIn(other)].filter(Boolean).join(", "), other.why].filter(Boolean).join(" – "),
              }),
            ),
          ),
        ),
      );
    }
    return [el("dt", { text: role }), body];
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
      { class: "drawn", dir: "auto" },
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
      { class: "undrawn", dir: "auto" },
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
    return el("p", { class: "drawn", dir: "auto" }, el("b", { text: "Line: " }), text);
  }

  function others(item) {
    const same = data.items.filter((other) => other !== item && other.source.report === item.source.report).length;
    return same ? el("p", { class: "quiet", text: `The same report tells of ${count(same, "other item")}.` }) : "";
  }

  function tools(item) {
    const claim = item.source;
    const citation = [claim.publisher ?? claim.report, claim.title, claim.published, claim.url]
      .filter(Boolean)
      .join(", ");
    const copy = (label, text) =>
      el("button", { type: "button", class: "text-button", text: label, onclick: () => copyText(text(), announce) });
    return el(
      "p",
      { class: "tools" },
      copy("Copy link", () => location.href),
      copy("Copy citation", () => `${item.sentence} — ${citation}`),
      el("span", { class: "quiet", text: words(item.kind) }),
    );
  }

  draw();
  return { draw, focus: () => root.focus({ preventScroll: true }) };
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

/** Copy text also where a page opened from disk may not use the clipboard interface. */
async function copyText(text, announce) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = el("textarea", { class: "hidden" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  announce("Copied.");
}
