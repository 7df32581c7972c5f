// How lines are drawn. Pattern says the status, width and dots how the line was obtained, opacity how sure it is.
import { along, between, lengthOf, shortened, thinned } from "./shapes.js";

const WIDTH = { reported: 5, inferred: 3.6, schematic: 2.8 };
const OPACITY = { high: 1, middle: 0.85, low: 0.6 };
const PATTERN = {
  completed: [],
  ongoing: [],
  planned: [12, 8],
  ordered: [12, 8],
  denied: [],
  plain: [],
  unknown: [16, 5, 3, 5],
};
const HEAD_LENGTH = 13; // pixels of an arrow head
const PLACE = 8; // pixels from the start of a line that its place's ring takes
const CHEVRONS = 18; // pixels between those of what is under way
const FADE = 110; // pixels over which an end that is not known fades out, or half of a shorter line

/**
 * Draw one movement: `parts` are [{how, points, straight}] in travel order; `straight` holds the shares [from, until] of
 * a road that are drawn straight for want of its bends.
 */
export function drawMovement(ctx, parts, { colour, halo, status, sure, selected, openStart, openEnd }) {
  const all = parts.flatMap((part) => part.points);
  if (all.length < 2) return;
  ctx.save();
  ctx.globalAlpha = OPACITY[sure] ?? 1;
  ctx.lineJoin = "round";
  const last = parts.at(-1);
  const head = status === "denied" || status === "plain" || openEnd ? 0 : Math.min(HEAD_LENGTH, lengthOf(all) / 2.5);
  const cut = head ? shortened(last.points, head * 0.8) : { points: last.points, angle: 0 };
  const drawn = [...parts.slice(0, -1), { ...last, points: cut.points }];
  const fade = (tone) => faded(ctx, all, tone, openStart, openEnd);
  for (const part of drawn) casing(ctx, part, { halo: fade(halo), sure, selected, colour });
  for (const part of drawn) body(ctx, part, { colour: fade(colour), status });
  for (const part of drawn) hollow(ctx, part, fade(halo));
  const free = Math.min(FADE, lengthOf(all) / 2);
  for (const part of drawn) {
    const [first, stop] = [openStart && part === drawn[0] ? free : 0, openEnd && part === drawn.at(-1) ? free : 0];
    marks(ctx, part, { colour, halo, status, first, stop });
  }
  if (head) arrowHead(ctx, last.points.at(-1), cut.angle, { size: head, colour, halo, status });
  ctx.restore();
}

/** Draw the middle of what is under way anew, its chevrons `far` pixels on; its ends stay as `drawMovement` drew them. */
export function drawTravelling(ctx, parts, { colour, halo, sure, far, openStart, openEnd }) {
  for (const part of parts) {
    if (part.how === "schematic") continue;
    const length = lengthOf(part.points);
    const begins = openStart ? Math.min(FADE, length / 2) : PLACE;
    const from = part === parts[0] ? begins : 0;
    const until = part !== parts.at(-1) ? length : length - (openEnd ? Math.min(FADE, length / 2) : 2 * HEAD_LENGTH);
    const points = between(part.points, from, until);
    if (points.length < 2) continue;
    const shares = (part.straight ?? []).map((ends) => ends.map((end) => (end * length - from) / (until - from)));
    const shown = { ...part, points, straight: shares };
    body(ctx, shown, { colour: halo, status: "ongoing" });
    ctx.globalAlpha = OPACITY[sure] ?? 1;
    body(ctx, shown, { colour, status: "ongoing" });
    hollow(ctx, shown, halo);
    ctx.globalAlpha = 1;
    for (const at of along(points, CHEVRONS, far % CHEVRONS)) chevron(ctx, at, halo, 2.8, 1.6);
  }
}

function line(ctx, points) {
  ctx.beginPath();
  thinned(points).forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
}

function casing(ctx, { how, points }, { halo, sure, selected, colour }) {
  if (sure === "low" && !selected) return; // weakly read claims have no casing
  ctx.setLineDash([]);
  ctx.lineCap = "round";
  line(ctx, points);
  if (selected) {
    ctx.save();
    ctx.globalAlpha = 0.28;
    ctx.strokeStyle = colour;
    ctx.lineWidth = WIDTH[how] + 12;
    ctx.stroke();
    ctx.restore();
  }
  ctx.strokeStyle = halo;
  ctx.lineWidth = WIDTH[how] + (how === "schematic" ? 1.6 : 3);
  ctx.stroke();
}

function body(ctx, { how, points }, { colour, status }) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = WIDTH[how];
  ctx.lineCap = how === "schematic" ? "round" : "butt";
  const dots = PATTERN[status]?.length ? [0.1, 9] : [0.1, 5.5];
  ctx.setLineDash(how === "schematic" ? dots : (PATTERN[status] ?? PATTERN.unknown));
  line(ctx, points);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Leave the middle of a line open where a road is drawn straight because its bends are not known. */
function hollow(ctx, { how, points, straight = [] }, halo) {
  if (!straight.length) return;
  const length = lengthOf(points);
  ctx.strokeStyle = halo;
  ctx.lineCap = "butt";
  ctx.lineWidth = WIDTH[how] - 2;
  for (const [from, until] of straight) {
    const part = between(points, from * length + 3, until * length - 3);
    if (part.length < 2) continue;
    line(ctx, part);
    ctx.stroke();
  }
}

/** Return the colour, fading out round an end that is not known. */
function faded(ctx, points, colour, openStart, openEnd) {
  if (!openStart && !openEnd) return colour;
  const [start, end] = [points[0], points.at(-1)];
  const far = Math.min(FADE, lengthOf(points) / 2);
  const both = openStart && openEnd;
  const gradient = both
    ? ctx.createLinearGradient(...start, ...end)
    : ctx.createRadialGradient(...(openStart ? start : end), 0, ...(openStart ? start : end), far);
  gradient.addColorStop(0, `${colour}00`);
  gradient.addColorStop(both ? 0.4 : 1, colour);
  if (both) {
    gradient.addColorStop(0.6, colour);
    gradient.addColorStop(1, `${colour}00`);
  }
  return gradient;
}

/** Draw the small marks of a status; `first` and `stop` are the pixels left free at an end that fades out. */
function marks(ctx, { how, points }, { colour, halo, status, first, stop }) {
  const spaced = (step, free, last) => along(points, step, first + free, stop + last);
  ctx.lineCap = "round";
  if (status === "denied") for (const at of spaced(42, 21, 0)) cross(ctx, at, colour, halo);
  if (how === "schematic") return; // dots have no room for arrows
  if (status === "completed") for (const at of spaced(90, 60, 30)) chevron(ctx, at, halo, 3, 1.6);
  if (status === "ongoing") for (const at of spaced(CHEVRONS, 12, 16)) chevron(ctx, at, halo, 2.8, 1.6);
}

/** Draw a small open arrow at {x, y, angle}. */
export function chevron(ctx, { x, y, angle }, colour, size, width) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.moveTo(-size * 0.7, -size * 0.62);
  ctx.lineTo(size * 0.5, 0);
  ctx.lineTo(-size * 0.7, size * 0.62);
  ctx.stroke();
  ctx.restore();
}

/** Draw a small cross: the sign of what is denied. */
export function cross(ctx, { x, y }, colour, halo) {
  for (const [width, tone] of [
    [5, halo],
    [2, colour],
  ]) {
    ctx.strokeStyle = tone;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(x - 4, y - 4);
    ctx.lineTo(x + 4, y + 4);
    ctx.moveTo(x + 4, y - 4);
    ctx.lineTo(x - 4, y + 4);
    ctx.stroke();
  }
}

/** Draw the end of a line: filled when done, hollow when only meant, a ring with an arrow while under way. */
export function arrowHead(ctx, [x, y], angle, { size, colour, halo, status }) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.lineJoin = "round";
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-size, -size * 0.52);
  if (status === "completed" || status === "ongoing") ctx.lineTo(-size * 0.75, 0);
  ctx.lineTo(-size, size * 0.52);
  ctx.closePath();
  ctx.strokeStyle = halo;
  ctx.lineWidth = 3;
  ctx.stroke();
  const open = status === "planned" || status === "ordered";
  ctx.fillStyle = open ? halo : colour;
  ctx.fill();
  ctx.strokeStyle = colour;
  ctx.lineWidth = open ? 2 : 1;
  ctx.stroke();
  if (status === "ongoing") {
    ctx.beginPath();
    ctx.arc(-size * 1.15, 0, size * 0.32, 0, 7);
    ctx.fillStyle = halo;
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.stroke();
  }
  ctx.restore();
}

const TURNS = [0, 90, 45, 135, 67.5, 157.5];

/** Return the turn of an actor's hatch in degrees, so that two hatches over each other can be told apart. */
export const turnOf = (actor) => (actor < 0 ? 22.5 : TURNS[actor % TURNS.length]);

/** Return a hatch in the colour, along a diagonal that is turned by `turn` degrees. */
export function hatch(ctx, colour, { gap = 9, width = 1.6, turn = 0 } = {}) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const key = [colour, gap, width, ratio].join();
  if (!tiles.has(key)) tiles.set(key, tileOf(colour, gap, width, ratio));
  const pattern = ctx.createPattern(tiles.get(key), "repeat");
  pattern.setTransform(new DOMMatrix().rotate(turn).scale(1 / ratio));
  return pattern;
}

const tiles = new Map(); // a few colours and gaps, drawn once

function tileOf(colour, gap, width, ratio) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(gap * ratio);
  const pen = tile.getContext("2d");
  pen.scale(ratio, ratio);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  for (const shift of [-gap, 0, gap]) {
    pen.beginPath();
    pen.moveTo(shift - 1, gap + 1);
    pen.lineTo(shift + gap + 1, -1);
    pen.stroke();
  }
  return tile;
}
