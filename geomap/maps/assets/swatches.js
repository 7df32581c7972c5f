// Samples for the legend: each drawn by the same code as the map.
import { actorMark } from "./emblems.js";
import { incidentMark } from "./incidents.js";
import { placeMark } from "./places.js";
import { drawMovement, hatch } from "./strokes.js";
import { el } from "./text.js";

const [WIDTH_PX, HEIGHT_PX] = [36, 18];
const STRAIGHT = [
  [2, 9],
  [34, 9],
];
const BENT = [
  [2, 13],
  [12, 5],
  [22, 12],
  [34, 6],
];

/** Return the sample of one value of a facet; a value without one gets an empty sample. */
export function swatchOf(facet, value, palette) {
  const text = palette.of("text");
  const line = (status, how, sure, more) =>
    sampleLine({ status, how, sure, palette, colour: status === "denied" ? palette.of("denied") : text, ...more });
  if (facet === "status") return line(value, "inferred", "high");
  if (facet === "sure") return line("completed", "inferred", value);
  if (facet === "how" && value !== "none") return line("plain", value, "high", { points: BENT });
  if (facet === "actor") return sample((ctx) => stripe(ctx, Number(value), palette));
  if (facet === "area" && value !== "none") return sample((ctx) => patch(ctx, value, text));
  if (facet === "incident")
    return sample((ctx) => {
      ctx.translate(WIDTH_PX / 2, HEIGHT_PX / 2);
      incidentMark(ctx, value, text, palette.of("paper"));
    });
  return sample(() => {});
}

/** Return the sample of a road that is drawn straight for want of its bends. */
export const straightSwatch = (palette) =>
  sampleLine({
    status: "plain",
    how: "reported",
    sure: "high",
    palette,
    colour: palette.of("text"),
    straight: [[0, 1]],
  });

/** Return the sample of a place: "town", "base", "crossing", "several", "within", "arrival" or "region". */
export const placeSwatch = (name, palette) =>
  sample((ctx) => PLACES[name](ctx, palette.of("text"), palette.of("paper")));

const PLACES = {
  town: (ctx, ink, paper) => ring(ctx, ink, paper, 18),
  base(ctx, ink, paper) {
    placeMark(ctx, true, 18, 10);
    outlined(ctx, ink, paper);
  },
  several(ctx, ink, paper) {
    ring(ctx, ink, paper, 19.3, 8);
    ring(ctx, ink, paper, 16.7, 10.6);
  },
  within(ctx, ink, paper) {
    ctx.beginPath();
    ctx.arc(18, 9, 8, 0, 7);
    ctx.setLineDash([2, 2.4]);
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.setLineDash([]);
    ring(ctx, ink, paper, 18);
  },
  crossing(ctx, ink) {
    ctx.beginPath();
    ctx.moveTo(14, 14);
    ctx.lineTo(14, 4);
    ctx.lineTo(22, 4);
    ctx.lineTo(22, 14);
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1.8;
    ctx.stroke();
  },
  arrival(ctx, ink) {
    ctx.beginPath();
    for (const x of [-1, 1]) {
      for (const y of [-1, 1]) {
        ctx.moveTo(18 + x * 7, 9 + y * 3);
        ctx.lineTo(18 + x * 4, 9 + y * 3);
        ctx.lineTo(18 + x * 4, 9 + y * 6);
      }
    }
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1.7;
    ctx.stroke();
  },
  region(ctx, ink) {
    ctx.fillStyle = hatch(ctx, ink, { gap: 12, width: 1 });
    ctx.globalAlpha = 0.6;
    ctx.fillRect(2, 2, 32, 14);
  },
};

function ring(ctx, ink, paper, x, y = 9) {
  placeMark(ctx, false, x, y);
  outlined(ctx, ink, paper);
}

function outlined(ctx, ink, paper) {
  ctx.fillStyle = paper;
  ctx.fill();
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.7;
  ctx.stroke();
}

function sampleLine({ status, how, sure, palette, colour, points = STRAIGHT, straight }) {
  return sample((ctx) =>
    drawMovement(ctx, [{ how, points, straight }], { colour, halo: palette.of("paper"), status, sure }),
  );
}

/** Draw an actor's colour with its emblem, as a line on the map and its tag have them. */
function stripe(ctx, actor, palette) {
  const colour = palette.actor(actor);
  ctx.fillStyle = colour;
  ctx.fillRect(2, 7.2, 32, 3.6);
  if (actor >= 0) actorMark(ctx, actor, { x: 18, y: 9, size: 12, colour, halo: palette.of("paper") });
}

function patch(ctx, value, colour) {
  const box = [2, 2, 32, 14];
  const fill = (tone, alpha, [x, y, width, height] = box) => {
    ctx.globalAlpha = alpha;
    ctx.fillStyle = tone;
    ctx.fillRect(x, y, width, height);
    ctx.globalAlpha = 1;
  };
  ctx.strokeStyle = colour;
  if (value === "published") {
    fill(colour, 0.14);
    ctx.strokeRect(...box);
  }
  if (value === "assumed") fill(hatch(ctx, colour, { gap: 6, width: 1 }), 0.7);
  if (value === "possible") {
    fill(colour, 0.1);
    fill(colour, 0.3, [9, 5, 18, 8]);
    ctx.setLineDash([1, 2.4]);
    ctx.strokeRect(...box);
  }
}

function sample(paint) {
  const node = el("canvas", { width: WIDTH_PX * 3, height: HEIGHT_PX * 3, class: "swatch", "aria-hidden": "true" });
  const ctx = node.getContext("2d");
  ctx.scale(3, 3);
  paint(ctx);
  return node;
}
