// The legend is the filter: what is in the file, how it is drawn, how many, on or off.
import { incidentMark } from "./incidents.js";
import { facetValues } from "./state.js";
import { drawMovement, hatch } from "./strokes.js";
import { byId, el, words } from "./text.js";

const MEANING = {
  status: {
    completed: "the report says it has happened",
    ongoing: "the report says it is under way",
    planned: "announced or intended",
    ordered: "ordered, not yet seen",
    denied: "said by some, denied by others; never deleted",
  },
  how: {
    reported: ["along roads, reported", "the report names the road or gives the line"],
    inferred: ["along roads, inferred", "the shortest way along the road network between the named places"],
    schematic: ["schematic", "only the ends are known; the line between them means nothing"],
    none: ["not drawn", "listed with the reason"],
  },
  sure: {
    high: ["read clearly", "confidence of the reading 0.75 or more"],
    middle: ["read with some doubt", "confidence 0.5 to 0.75"],
    low: ["read with doubt", "confidence below 0.5; drawn fainter, without a casing"],
  },
  area: {
    published: ["limits published", "drawn as the report gives them"],
    assumed: ["extent not published", "hatched; built from the words of the report as its card says"],
    possible: ["edge uncertain", "inner polygon sure, outer one possible"],
    none: ["not drawn", "listed with the reason"],
  },
  dated: {
    undated: ["date unknown", "shown at any time, listed apart"],
    background: ["told as history", "the report tells it as background, not as news"],
  },
};

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

  function draw() {
    const active = document.activeElement?.dataset?.facet;
    const groups = TITLES.map(([facet, title]) => group(facet, title)).filter(Boolean);
    root.replaceChildren(
      ...groups,
      places(),
      el("button", {
        type: "button",
        class: "text-button",
        text: "Show all again",
        hidden: !anyOff(),
        onclick: reset,
      }),
    );
    if (active) root.querySelector(`[data-facet="${CSS.escape(active)}"]`)?.focus();
  }

  const anyOff = () => Object.values(store.state.off).some((set) => set.size);

  function reset() {
    for (const set of Object.values(store.state.off)) set.clear();
    store.set({ off: store.state.off });
  }

  function group(facet, title) {
    const counts = new Map();
    for (const item of data.items)
      for (const value of facetValues(item, facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (!counts.size || (facet === "sure" && counts.size === 1)) return null;
    const order = facet === "actor" ? (a, b) => (a[0] < 0) - (b[0] < 0) || a[0] - b[0] : byOrder(facet);
    const rows = [...counts].sort(order).map(([value, number]) => row(facet, value, number));
    return el("fieldset", {}, el("legend", { text: title }), ...rows);
  }

  function byOrder(facet) {
    const order = Object.keys(MEANING[facet] ?? {});
    return (a, b) => order.indexOf(a[0]) - order.indexOf(b[0]);
  }

  function row(facet, value, number) {
    const on = !store.state.off[facet].has(value);
    const [label, meaning] = describe(facet, value);
    const box = el("input", {
      type: "checkbox",
      "data-facet": `${facet}:${value}`,
      onchange: () => store.toggle(facet, value),
    });
    box.checked = on;
    const tag = facet === "actor" && value >= 0 ? el("b", { class: "tag", text: data.actors[value].tag }) : null;
    if (tag) tag.style.color = palette.actorWords(Number(value));
    return el(
      "label",
      { class: on ? "row" : "row off", title: meaning },
      box,
      swatch(facet, value),
      el("span", { class: "name", dir: "auto" }, label),
      tag,
      el("span", { class: "number", text: String(number) }),
    );
  }

  function describe(facet, value) {
    if (facet === "actor")
      return value < 0
        ? ["not named", "the report does not say whose forces"]
        : [data.actors[value].name, "colour by first appearance; no colour means friend or foe"];
    const meaning = MEANING[facet]?.[value];
    return Array.isArray(meaning) ? meaning : [words(value), meaning ?? ""];
  }

  function swatch(facet, value) {
    const canvas = pad();
    const { ctx } = canvas;
    const quiet = palette.of("text");
    const halo = palette.of("paper");
    const line = (how, status, colour, sure = "high") =>
      drawMovement(
        ctx,
        [
          {
            how,
            points: [
              [2, 9],
              [34, 9],
            ],
          },
        ],
        { colour, halo, status, sure },
      );
    if (facet === "actor") stripe(ctx, palette.actor(Number(value)));
    else if (facet === "status") line("inferred", value, value === "denied" ? palette.of("denied") : quiet);
    else if (facet === "how" && value !== "none")
      drawMovement(
        ctx,
        [
          {
            how: value,
            points: [
              [2, 13],
              [12, 5],
              [22, 12],
              [34, 6],
            ],
          },
        ],
        { colour: quiet, halo, status: "plain", sure: "high", openEnd: false },
      );
    else if (facet === "sure") line("inferred", "completed", quiet, value);
    else if (facet === "area" && value !== "none") patch(ctx, value, quiet);
    else if (facet === "incident") {
      ctx.translate(18, 9);
      incidentMark(ctx, value, quiet, halo);
    }
    return canvas.node;
  }

  function places() {
    const mark = (paint) => {
      const { node, ctx } = pad();
      ctx.strokeStyle = palette.of("text");
      ctx.lineWidth = 1.7;
      ctx.beginPath();
      paint(ctx);
      ctx.stroke();
      return node;
    };
    const line = (paint, text) =>
      el("div", { class: "row plain-row" }, mark(paint), el("span", { class: "name", text }));
    return el(
      "div",
      { class: "places" },
      el("h2", { text: "Places" }),
      line((pen) => pen.arc(18, 9, 4.2, 0, 7), "town; ring: surely inside"),
      line((pen) => {
        pen.moveTo(18, 3);
        pen.lineTo(23.5, 13);
        pen.lineTo(12.5, 13);
        pen.closePath();
      }, "base, airfield"),
      arrivals(line),
      wide(),
      line((pen) => {
        pen.moveTo(14, 14);
        pen.lineTo(14, 4);
        pen.lineTo(22, 4);
        pen.lineTo(22, 14);
      }, "border crossing"),
    );
  }

  /** Explain the marks round a place that is reached or left by an unknown way, where there are any. */
  function arrivals(line) {
    if (!data.items.some((item) => item.spots.length)) return "";
    const chevrons = (pen) => {
      for (const [x, y] of [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ]) {
        pen.moveTo(18 + x * 7, 9 + y * 3);
        pen.lineTo(18 + x * 4, 9 + y * 3);
        pen.lineTo(18 + x * 4, 9 + y * 6);
      }
    };
    return line(chevrons, "reached or left, way not known");
  }

  /** Explain the hatch of what is only known by region, where there is such. */
  function wide() {
    if (!data.items.some((item) => item.regions.length)) return "";
    const { node, ctx } = pad();
    ctx.fillStyle = hatch(ctx, palette.of("text"), { gap: 12, width: 1 });
    ctx.globalAlpha = 0.6;
    ctx.fillRect(2, 2, 32, 14);
    return el(
      "div",
      { class: "row plain-row", title: "countries are hatched while their item is chosen" },
      node,
      el("span", { class: "name", text: "reported only as this region" }),
    );
  }

  draw();
  return { draw };
}

function pad() {
  const node = el("canvas", { width: 108, height: 54, class: "swatch", "aria-hidden": "true" });
  const ctx = node.getContext("2d");
  ctx.scale(3, 3);
  return { node, ctx };
}

function stripe(ctx, colour) {
  ctx.fillStyle = colour;
  ctx.fillRect(2, 7, 32, 4);
}

function patch(ctx, value, colour) {
  ctx.fillStyle = value === "assumed" ? hatch(ctx, colour, { gap: 6, width: 1 }) : colour;
  ctx.globalAlpha = value === "assumed" ? 0.7 : 0.18;
  ctx.fillRect(2, 2, 32, 14);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  if (value === "published") ctx.strokeRect(2, 2, 32, 14);
  if (value === "possible") {
    ctx.globalAlpha = 0.25;
    ctx.fillRect(9, 5, 18, 8);
  }
}
