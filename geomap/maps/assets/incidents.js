// Incidents: a mark above its place for each kind and actor, several fanned out, many counted.
import { haloText } from "./labels.js";

const ABOVE = 17; // pixels from a place to its marks, so that its dot stays to be seen
const STEP = 16; // pixels from one mark to the next
const ROW = 5; // marks above one place; what is more is a number

const FLAGS = {
  strike: (pen, r) => star(pen, r, 8),
  shelling: (pen, r) => star(pen, r, 5),
  clash: (pen, r) => {
    pen.moveTo(-r, -r);
    pen.lineTo(r, r);
    pen.moveTo(r, -r);
    pen.lineTo(-r, r);
  },
  capture: (pen, r) => {
    pen.moveTo(-r * 0.6, r);
    pen.lineTo(-r * 0.6, -r);
    pen.lineTo(r, -r * 0.4);
    pen.lineTo(-r * 0.6, r * 0.2);
  },
  sighting: (pen, r) => {
    pen.ellipse(0, 0, r, r * 0.62, 0, 0, 7);
    pen.moveTo(r * 0.3, 0);
    pen.arc(0, 0, r * 0.3, 0, 7);
  },
  presence: (pen, r) => {
    pen.moveTo(0, -r);
    pen.lineTo(r, 0);
    pen.lineTo(0, r);
    pen.lineTo(-r, 0);
    pen.closePath();
  },
};

function star(pen, r, rays) {
  for (let i = 0; i < rays * 2; i++) {
    const angle = (Math.PI * i) / rays - Math.PI / 2;
    const reach = i % 2 ? r * 0.45 : r;
    pen[i ? "lineTo" : "moveTo"](Math.cos(angle) * reach, Math.sin(angle) * reach);
  }
  pen.closePath();
}

/** Draw the mark of an incident round the origin; also used by the legend. */
export function incidentMark(ctx, kind, colour, halo, r = 6) {
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  for (const [width, tone] of [
    [5, halo],
    [2, colour],
  ]) {
    ctx.beginPath();
    (FLAGS[kind] ?? FLAGS.presence)(ctx, r);
    ctx.strokeStyle = tone;
    ctx.lineWidth = width;
    ctx.stroke();
  }
  ctx.fillStyle = colour;
  if (kind !== "clash" && kind !== "sighting") ctx.fill();
}

/** Draw incidents above the marks of their places; `spots` are what `paintPlaces` returned. Return what can be hit. */
export function paintIncidents(view, incidents, { palette, selected, boxes, spots }) {
  const groups = new Map();
  for (const item of incidents) {
    for (const { place } of item.places) {
      const spot = spots.of.get(place?.id);
      if (!spot) continue;
      if (!groups.has(spot)) groups.set(spot, new Map());
      const look = `${item.kind} ${item.actor}`;
      const alike = groups.get(spot);
      if (!alike.has(look)) alike.set(look, []);
      if (!alike.get(look).includes(item)) alike.get(look).push(item);
    }
  }
  return [...groups].flatMap(([spot, alike]) => paintGroup(view, spot, alike, { palette, selected, boxes }));
}

function paintGroup(view, { x, y }, alike, { palette, selected, boxes }) {
  const holds = (items) => items.some((item) => item.id === selected);
  const looks = [...alike.values()].sort((a, b) => holds(b) - holds(a));
  const shown = looks.length > ROW ? looks.slice(0, ROW - 1) : looks;
  const more = looks.slice(shown.length).flat();
  const places = shown.length + (more.length ? 1 : 0);
  const left = x - ((places - 1) * STEP) / 2;
  stem(view.ctx, x, y, places, palette);
  boxes.take([left - 9, y - ABOVE - 9, left + (places - 1) * STEP + 9, y - ABOVE + 7]);
  const hits = shown.flatMap((items, i) => {
    const at = [left + i * STEP, y - ABOVE];
    paintMark(view, at, items, { palette, chosen: holds(items) });
    return items.map((item) => ({ item, near: nearTo(at, [x, y]) }));
  });
  if (!more.length) return hits;
  const at = [left + shown.length * STEP, y - ABOVE];
  number(view.ctx, `+${more.length}`, at[0], at[1], palette);
  return [...hits, ...more.map((item) => ({ item, near: nearTo(at, at) }))];
}

/** Return how far a point is from the edge of a mark or of its place. */
function nearTo([x, y], [px, py]) {
  return (hx, hy) => Math.max(0, Math.min(Math.hypot(hx - x, hy - y), Math.hypot(hx - px, hy - py)) - 6);
}

function paintMark({ ctx }, [x, y], items, { palette, chosen }) {
  const colour = palette.item(items[0]);
  ctx.save();
  ctx.translate(x, y);
  if (chosen) {
    ctx.beginPath();
    ctx.arc(0, 0, 13, 0, 7);
    ctx.fillStyle = `${colour}44`;
    ctx.fill();
  }
  incidentMark(ctx, items[0].kind, colour, palette.of("paper"));
  ctx.restore();
  if (items.length > 1) number(ctx, `${items.length}`, x + 6, y - 7, palette);
}

/** Tie a row of several marks to the place they belong to. */
function stem(ctx, x, y, marks, palette) {
  if (marks < 2) return;
  ctx.beginPath();
  ctx.moveTo(x, y - 4);
  ctx.lineTo(x, y - ABOVE + 8);
  ctx.moveTo(x - ((marks - 1) * STEP) / 2, y - ABOVE + 9);
  ctx.lineTo(x + ((marks - 1) * STEP) / 2, y - ABOVE + 9);
  ctx.strokeStyle = palette.of("secondary");
  ctx.lineWidth = 1;
  ctx.stroke();
}

function number(ctx, text, x, y, palette) {
  haloText(ctx, text, x, y, {
    size: 10,
    weight: 700,
    align: "center",
    fill: palette.of("text"),
    halo: palette.of("halo"),
  });
}
