// Very many lines at once: thin, by look in few strokes, without what only the eye near by can tell apart.
import { toPixel } from "./canvas.js";
import { endAngle } from "./shapes.js";
import { drawnSureness } from "./state.js";

/** More lines than this in view are drawn as a crowd; zooming in brings each line's own look back. */
export const CROWD = 400;

const DENSE = 2000; // lines in view from which each is as thin as a pixel: canvases draw that in a seventh of the time
const BATCH = 100; // lines in one stroke; longer paths take longer for each line
const LINE = { reported: 2.2, inferred: 1.8, schematic: 1.6 };
const FAINT = { high: 0.85, middle: 0.7, low: 0.45 };
const DASHED = { planned: [6, 4], ordered: [6, 4], unknown: [8, 3, 2, 3] };

/** Paint movements in batches of one look, yielding after each. */
export function* paintCrowd(view, items, palette) {
  for (const group of looksOf(items, palette).values()) {
    const width = items.length > DENSE ? 1 / view.ratio : LINE[group.how];
    for (let at = 0; at < group.legs.length; at += BATCH) {
      strokeBatch(view, { ...group, width }, group.legs.slice(at, at + BATCH));
      yield;
    }
  }
}

/** Return the legs by everything that a reader can tell apart: colour, status, how the line was obtained, certainty. */
function looksOf(items, palette) {
  const looks = new Map();
  for (const item of items) {
    const colour = palette.item(item);
    const sure = drawnSureness(item);
    item.legs.forEach((leg, i) => {
      const key = `${colour} ${item.status} ${leg.how} ${sure}`;
      if (!looks.has(key)) looks.set(key, { colour, status: item.status, how: leg.how, sure, legs: [] });
      const last = item.legs[i + 1]?.chain !== leg.chain;
      looks.get(key).legs.push({ leg, head: last && item.status !== "denied" && !item.route.openEnd });
    });
  }
  return looks;
}

function strokeBatch(view, { colour, status, how, sure, width }, legs) {
  const { ctx } = view;
  const lines = new Path2D();
  const heads = new Path2D();
  for (const { leg, head } of legs) {
    const points = tracedLod(lines, view, leg);
    if (head && points.length > 1) addHead(heads, points);
  }
  ctx.save();
  ctx.globalAlpha = FAINT[sure];
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.lineCap = how === "schematic" ? "round" : "butt";
  ctx.setLineDash(how === "schematic" ? [0.1, 4] : (DASHED[status] ?? []));
  ctx.stroke(lines);
  ctx.setLineDash([]);
  ctx.lineWidth = 1;
  if (DASHED[status]) ctx.stroke(heads);
  else ctx.fill(heads);
  ctx.restore();
}

function tracedLod(path, view, leg) {
  const xy = lod(leg, view.zoom);
  const points = [];
  for (let i = 0; i < xy.length; i += 2) {
    const at = toPixel(view, xy[i], xy[i + 1]);
    if (i) path.lineTo(...at);
    else path.moveTo(...at);
    points.push(at);
  }
  return points;
}

function addHead(path, points) {
  const [x, y] = points.at(-1);
  const angle = endAngle(points, 5);
  const corner = (turn) => [x - 7 * Math.cos(angle + turn), y - 7 * Math.sin(angle + turn)];
  path.moveTo(x, y);
  path.lineTo(...corner(0.45));
  path.lineTo(...corner(-0.45));
  path.closePath();
}

/** Return a line with the detail that a zoom shows, half a pixel; kept until another whole zoom is asked for. */
export function lod(line, zoom) {
  const level = Math.ceil(zoom);
  if (line.level !== level) {
    line.level = level;
    line.coarse = simplified(line.xy, 0.5 / (256 * 2 ** level));
  }
  return line.coarse;
}

/** Return a flat line without the vertices nearer than `least` to the rest (Douglas and Peucker 1973). */
export function simplified(xy, least) {
  const count = xy.length / 2;
  if (count < 3) return xy;
  const kept = new Uint8Array(count);
  kept[0] = kept[count - 1] = 1;
  const open = [[0, count - 1]];
  while (open.length) {
    const [first, last] = open.pop();
    const at = farthest(xy, first, last, least);
    if (at < 0) continue;
    kept[at] = 1;
    open.push([first, at], [at, last]);
  }
  const found = [];
  for (let i = 0; i < count; i++) if (kept[i]) found.push(xy[2 * i], xy[2 * i + 1]);
  return Float64Array.from(found);
}

/** Return the vertex between two that is farthest from their chord, if farther than `least`, else -1. */
function farthest(xy, first, last, least) {
  const [x, y] = [xy[2 * first], xy[2 * first + 1]];
  const [dx, dy] = [xy[2 * last] - x, xy[2 * last + 1] - y];
  const square = dx * dx + dy * dy;
  let [most, at] = [least * least, -1];
  for (let i = first + 1; i < last; i++) {
    const [px, py] = [xy[2 * i] - x, xy[2 * i + 1] - y];
    const t = square ? Math.max(0, Math.min(1, (px * dx + py * dy) / square)) : 0;
    const far = (px - t * dx) ** 2 + (py - t * dy) ** 2;
    if (far > most) [most, at] = [far, i];
  }
  return at;
}
