// Areas on the map: zones below, stretches of road above them, and their labels.
import { font, pixelsOf, toPixel, touches, trace } from "./canvas.js";
import { haloText } from "./labels.js";
import { along, lengthOf } from "./shapes.js";
import { cross, hatch, turnOf } from "./strokes.js";

const BAND = 9; // pixels, twice a movement's line
const THIN = 7; // pixels; a polygon narrower on the screen gets a band along it, so that it can be seen
const DASHES = [10, 6]; // of what is planned or ordered

/** Paint the zones, then the stretches and fronts; return what can be hit. */
export function paintAreas(view, areas, palette, selected) {
  const seen = areas.filter(({ shape }) => partsOf(shape).some(({ box }) => touches(view, box)));
  const zones = seen.filter((item) => item.shape.rings.length);
  const lookOf = (item) => `${item.kind} ${palette.item(item)} ${item.published}`;
  const faint = new Set(zones.filter((item) => large(view, item.shape)).map(lookOf)); // all of one look alike
  const alike = new Map(zones.map((item) => [lookOf(item), []]));
  const hits = zones.map((item) => {
    const covered = alike.get(lookOf(item));
    const path = paintZone(view, item, { palette, selected, covered, wide: faint.has(lookOf(item)) });
    covered.push(path);
    return { item, near: (x, y) => (inPath(view.ctx, path, x, y) ? 6 : onThin(view, item, path, x, y)) };
  });
  const lines = seen.filter((item) => item.shape.lines.length);
  return [...hits, ...lines.map((item) => paintLines(view, item, palette, selected))];
}

const partsOf = ({ rings, possible, lines, maybe }) =>
  [...rings, ...possible].map(([ring]) => ring).concat(lines, maybe);

const meant = (item) => item.status === "planned" || item.status === "ordered";

/** Paint a polygon, leaving out what a zone of the same look covers already; return its path. */
function paintZone(view, item, { palette, selected, covered, wide }) {
  const { ctx } = view;
  const colour = palette.item(item);
  const chosen = item.id === selected;
  const path = polygonPath(view, item.shape.rings);
  const unsure = item.shape.possible.length > 0;
  ctx.save();
  if (unsure) possibleZone(ctx, polygonPath(view, item.shape.possible), colour);
  ctx.save();
  if (!chosen) for (const other of covered) clipOut(view, other);
  ctx.globalAlpha = item.published ? 0.14 : unsure ? 0.18 : wide ? 0.05 : 0.09;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  if (!item.published) {
    ctx.globalAlpha = chosen ? 0.62 : wide ? 0.32 : 0.45;
    ctx.fillStyle = hatch(ctx, colour, { turn: turnOf(item.actor) });
    ctx.fill(path, "evenodd");
  }
  ctx.restore();
  if (thin(view, item.shape)) band(ctx, path, colour, chosen);
  if (item.status === "denied") crosses(view, item.shape, colour, palette.of("paper"));
  if (item.published || meant(item) || chosen) {
    ctx.globalAlpha = chosen ? 0.9 : 0.6;
    ctx.strokeStyle = colour;
    ctx.setLineDash(meant(item) ? DASHES : item.published ? [] : [2, 4]);
    ctx.lineWidth = item.published && chosen ? 3 : 1.6;
    ctx.stroke(path);
  }
  ctx.restore();
  return path;
}

/** Paint what may belong to an area as well: lightly, with a dotted edge. */
function possibleZone(ctx, path, colour) {
  ctx.save();
  ctx.globalAlpha = 0.07;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  ctx.globalAlpha = 0.35;
  ctx.strokeStyle = colour;
  ctx.setLineDash([1, 4]);
  ctx.lineCap = "round";
  ctx.lineWidth = 1.3;
  ctx.stroke(path);
  ctx.restore();
}

/** Draw along a polygon too narrow to be seen, such as a road "between A and B". */
function band(ctx, path, colour, chosen) {
  ctx.save();
  ctx.lineJoin = "round";
  ctx.strokeStyle = colour;
  ctx.globalAlpha = chosen ? 0.6 : 0.4;
  ctx.lineWidth = THIN;
  ctx.stroke(path);
  ctx.restore();
}

/** Cross out an area that is denied, along its edge or its line. */
function crosses(view, { rings, lines }, colour, halo) {
  for (const line of lines.concat(rings.map(([outer]) => outer)))
    for (const at of along(pixelsOf(view, line), 60, 20)) cross(view.ctx, at, colour, halo);
}

const widths = new WeakMap();

/** Whether the polygons of a shape are narrower on the screen than a band. */
function thin(view, shape) {
  if (!widths.has(shape)) widths.set(shape, widthOf(shape.rings));
  return widths.get(shape) * view.scale < THIN;
}

/** Return the mean width of polygons in unit coordinates: twice the area over the length of the edges. */
function widthOf(rings) {
  let [area, edge] = [0, 0];
  for (const { xy } of rings.flat()) {
    let own = 0;
    for (let i = 2; i < xy.length; i += 2) {
      own += (xy[i - 2] - xy[0]) * (xy[i + 1] - xy[1]) - (xy[i] - xy[0]) * (xy[i - 1] - xy[1]);
      edge += Math.hypot(xy[i] - xy[i - 2], xy[i + 1] - xy[i - 1]);
    }
    area += own / 2;
  }
  return edge ? (2 * Math.abs(area)) / edge : 0;
}

/** Keep what follows out of a path. */
function clipOut(view, path) {
  const around = new Path2D();
  around.rect(0, 0, view.width, view.height);
  around.addPath(path);
  view.ctx.clip(around, "evenodd");
}

/** Paint an area that is a line: a stretch of road as a band, a front as a toothed line. */
function paintLines(view, item, palette, selected) {
  const { ctx } = view;
  const path = linePath(view, item.shape.lines);
  const colour = palette.item(item);
  const chosen = item.id === selected;
  ctx.save();
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  const stroke = (of, width, tone, alpha, dashes = []) => {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = tone;
    ctx.lineWidth = width;
    ctx.setLineDash(dashes);
    ctx.stroke(of);
  };
  const dashes = meant(item) ? DASHES : [];
  if (item.shape.maybe.length) stroke(linePath(view, item.shape.maybe), BAND, colour, 0.28);
  if (chosen) stroke(path, BAND + 16, colour, 0.3);
  if (item.kind === "front") {
    stroke(path, 6, palette.of("paper"), 1);
    stroke(path, 3, colour, 0.9, dashes);
    for (const line of item.shape.lines) teeth(ctx, pixelsOf(view, line), colour);
  } else {
    stroke(path, BAND + 4, palette.of("paper"), 1);
    stroke(path, BAND, colour, 0.72, dashes);
  }
  if (item.status === "denied") crosses(view, item.shape, colour, palette.of("paper"));
  ctx.restore();
  return { item, near: (x, y) => (onBand(ctx, path, x, y) ? 4 : Infinity) };
}

/** Draw short strokes on both sides of a front: it parts two sides, whose they are the line does not say. */
function teeth(ctx, points, colour) {
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.beginPath();
  for (const { x, y, angle } of along(points, 14, 7)) {
    const [dx, dy] = [-Math.sin(angle) * 5, Math.cos(angle) * 5];
    ctx.moveTo(x - dx, y - dy);
    ctx.lineTo(x + dx, y + dy);
  }
  ctx.stroke();
}

function linePath(view, lines) {
  const path = new Path2D();
  for (const line of lines) trace(path, view, line);
  return path;
}

/** Whether a shape fills much of the view; its hatch is then drawn lighter, so that the story stays legible. */
function large(view, { rings }) {
  const [left, top, right, bottom] = view.visible;
  const cover = rings.reduce((sum, [{ box }]) => sum + (box[2] - box[0]) * (box[3] - box[1]), 0) * view.scale ** 2;
  return cover > 0.12 * (right - left) * (bottom - top);
}

export function polygonPath(view, polygons) {
  const path = new Path2D();
  for (const rings of polygons) {
    if (!touches(view, rings[0].box)) continue;
    for (const ring of rings) {
      trace(path, view, ring);
      path.closePath();
    }
  }
  return path;
}

/** Ask of a path as it stands on the canvas, whatever transform is set. */
function plainly(ctx, ask) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  const answer = ask();
  ctx.restore();
  return answer;
}

const inPath = (ctx, path, x, y) => plainly(ctx, () => ctx.isPointInPath(path, x, y, "evenodd"));

function onBand(ctx, path, x, y) {
  return plainly(ctx, () => {
    ctx.lineWidth = 18;
    return ctx.isPointInStroke(path, x, y);
  });
}

const onThin = (view, item, path, x, y) => (thin(view, item.shape) && onBand(view.ctx, path, x, y) ? 5 : Infinity);

/** Write what an area is beside its middle, where there is room; stretches before zones. */
export function labelAreas(view, areas, palette, boxes) {
  const order = [
    ...areas.filter((item) => item.shape.lines.length),
    ...areas.filter((item) => !item.shape.lines.length),
  ];
  const written = new Set();
  for (const { shape } of order) {
    for (const line of shape.lines.concat(shape.maybe))
      for (const { x, y } of along(pixelsOf(view, line), 12)) boxes.takeLine([x - 6, y - 6, x + 6, y + 6]);
  }
  for (const item of order) {
    const lines = [shortLabel(item.label), ...under(item)];
    const look = { fill: palette.words(item), struck: item.status === "denied", palette, boxes };
    if (!written.has(lines[0]) && labelAt(view, lines, spotsOf(view, item.shape), look)) written.add(lines[0]);
  }
}

/** Return the second line of a label: what the drawing must not be taken for. */
function under(item) {
  const state = meant(item) ? `${item.status} · ` : "";
  if (!item.published) return [`${state}extent not published`];
  return state ? [item.status] : [];
}

/** Yield spots for a label: beside lines and narrow polygons, inside others, then beside them. */
function* spotsOf(view, shape) {
  const outer = shape.rings.map(([ring]) => ring);
  if (shape.lines.length) yield* beside(view, shape.lines);
  else if (thin(view, shape)) yield* beside(view, outer);
  else {
    yield* inside(view, shape);
    yield* round(view, outer);
  }
}

/** Write lines in italics at the first free spot that can be seen as a whole; return its box, or null. */
export function labelAt(view, lines, spots, { fill, struck, palette, boxes }) {
  const { ctx } = view;
  ctx.font = font(11, 500, "italic");
  const width = Math.max(...lines.map((text) => ctx.measureText(text).width));
  const height = 14 * lines.length;
  for (const [x, y] of spots) {
    const box = [x - width / 2 - 2, y - height / 2, x + width / 2 + 2, y + height / 2];
    if (!contains(view.visible, box) || !boxes.free(box)) continue;
    boxes.take(box);
    const look = { size: 11, weight: 500, style: "italic", align: "center", fill, halo: palette.of("halo") };
    lines.forEach((text, i) => haloText(ctx, text, x, y + 14 * i - height / 2 + 7, look));
    if (struck) strike(ctx, x, y - height / 2 + 7, ctx.measureText(lines[0]).width, fill);
    return box;
  }
  return null;
}

function strike(ctx, x, y, width, colour) {
  ctx.beginPath();
  ctx.moveTo(x - width / 2 - 1, y);
  ctx.lineTo(x + width / 2 + 1, y);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.2;
  ctx.stroke();
}

const contains = ([left, top, right, bottom], box) =>
  box[0] > left + 4 && box[1] > top + 4 && box[2] < right - 4 && box[3] < bottom - 4;

const ROWS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];

/** Yield points inside a shape's polygons that can be seen, the middle first. */
export function* inside(view, { rings }) {
  const path = polygonPath(view, rings);
  const [left, top, right, bottom] = view.visible;
  for (const [{ box }] of rings) {
    const [x0, y0] = toPixel(view, box[0], box[1]);
    const [x1, y1] = toPixel(view, box[2], box[3]);
    for (const v of ROWS) {
      for (const u of ROWS) {
        const [x, y] = [x0 + (x1 - x0) * u, y0 + (y1 - y0) * v];
        const seen = x > left && x < right && y > top && y < bottom;
        if (seen && inPath(view.ctx, path, x, y)) yield [x, y];
      }
    }
  }
}

/** Yield points below and above the middle of a line, then farther to its sides. */
function* beside(view, lines) {
  for (const line of lines) {
    const points = pixelsOf(view, line);
    const length = lengthOf(points);
    for (const part of [0.5, 0.3, 0.7, 0.15, 0.85]) {
      const [at] = along(points, Infinity, length * part);
      if (!at || !contains(view.visible, [at.x, at.y, at.x, at.y])) continue;
      for (const away of [24, -24, 38, -38])
        for (const aside of [0, 30, -30, 60, -60, 90, -90]) yield [at.x + aside, at.y + away];
    }
  }
}

/** Yield points below, above and at the sides of polygons too small to hold their label. */
function* round(view, rings) {
  for (const { box } of rings) {
    const [x0, y0] = toPixel(view, box[0], box[1]);
    const [x1, y1] = toPixel(view, box[2], box[3]);
    if ((x1 - x0) * (y1 - y0) > 60_000) continue; // beside a large one it would belong to nothing
    const x = (x0 + x1) / 2;
    yield* [
      [x, y1 + 20],
      [x, y0 - 20],
    ];
  }
}

const shortLabel = (text) => (text.length > 48 ? `${text.slice(0, 46).trimEnd()}…` : text);
