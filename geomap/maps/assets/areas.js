// Areas on the map: zones below, stretches of road above them, and their labels.
import { font, toPixel, touches, trace } from "./canvas.js";
import { haloText } from "./labels.js";
import { along, lengthOf } from "./shapes.js";
import { hatch } from "./strokes.js";

const BAND = 9; // pixels, twice a movement's line

/** Paint the zones, then the stretches; return what can be hit. */
export function paintAreas(view, areas, palette, selected) {
  const zones = areas.filter((item) => item.shape.rings.length);
  const lookOf = (item) => `${item.kind} ${palette.item(item)} ${item.published}`;
  const faint = new Set(zones.filter((item) => large(view, item.shape)).map(lookOf)); // all of one look alike
  const alike = new Map(zones.map((item) => [lookOf(item), []]));
  const hits = zones.map((item) => {
    const covered = alike.get(lookOf(item));
    const path = paintZone(view, item, { palette, selected, covered, wide: faint.has(lookOf(item)) });
    covered.push(path);
    return { item, near: (x, y) => (inPath(view.ctx, path, x, y) ? 6 : Infinity) };
  });
  const stretches = areas.filter((item) => item.shape.lines.length);
  return [...hits, ...stretches.map((item) => paintStretch(view, item, palette, selected))];
}

/** Paint a polygon, leaving out what a zone of the same look covers already; return its path. */
function paintZone(view, item, { palette, selected, covered, wide }) {
  const { ctx } = view;
  const colour = palette.item(item);
  const chosen = item.id === selected;
  const path = polygonPath(view, item.shape.rings);
  ctx.save();
  if (item.shape.possible.length) {
    ctx.globalAlpha = 0.09;
    ctx.fillStyle = colour;
    ctx.fill(polygonPath(view, item.shape.possible), "evenodd");
  }
  ctx.save();
  if (!chosen) for (const other of covered) clipOut(view, other);
  ctx.globalAlpha = item.published ? 0.16 : wide ? 0.05 : 0.1;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  if (!item.published) {
    ctx.globalAlpha = chosen ? 0.62 : wide ? 0.32 : 0.45;
    ctx.fillStyle = hatch(ctx, colour);
    ctx.fill(path, "evenodd");
  }
  ctx.restore();
  if (item.published || chosen) {
    ctx.globalAlpha = chosen ? 0.8 : 0.5;
    ctx.strokeStyle = colour;
    ctx.setLineDash(item.published ? [] : [2, 4]);
    ctx.lineWidth = item.published && chosen ? 3 : 1.6;
    ctx.stroke(path);
  }
  ctx.restore();
  return path;
}

/** Keep what follows out of a path. */
function clipOut(view, path) {
  const around = new Path2D();
  around.rect(0, 0, view.width, view.height);
  around.addPath(path);
  view.ctx.clip(around, "evenodd");
}

function paintStretch(view, item, palette, selected) {
  const { ctx } = view;
  const band = new Path2D();
  for (const line of item.shape.lines) trace(band, view, line);
  const colour = palette.item(item);
  const strokes = [
    [BAND + 4, palette.of("paper"), 1],
    [BAND, colour, 0.72],
  ];
  if (item.id === selected) strokes.unshift([BAND + 16, colour, 0.3]);
  ctx.save();
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  for (const [width, tone, alpha] of strokes) {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = tone;
    ctx.lineWidth = width;
    ctx.stroke(band);
  }
  ctx.restore();
  return { item, near: (x, y) => (onBand(ctx, band, x, y) ? 4 : Infinity) };
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

function onBand(ctx, band, x, y) {
  return plainly(ctx, () => {
    ctx.lineWidth = 18;
    return ctx.isPointInStroke(band, x, y);
  });
}

/** Write what an area is beside its middle, where there is room; stretches before zones. */
export function labelAreas(view, areas, palette, boxes) {
  const order = [
    ...areas.filter((item) => item.shape.lines.length),
    ...areas.filter((item) => !item.shape.lines.length),
  ];
  const written = new Set();
  for (const item of order) {
    const lines = [shortLabel(item.label), ...(item.published ? [] : ["extent not published"])];
    const spots = item.shape.lines.length ? beside(view, item.shape) : inside(view, item.shape);
    if (!written.has(lines[0]) && labelAt(view, lines, spots, { fill: palette.words(item), palette, boxes }))
      written.add(lines[0]);
  }
}

/** Write lines in italics at the first free spot; return its box, or null. */
export function labelAt(view, lines, spots, { fill, palette, boxes }) {
  const { ctx } = view;
  ctx.font = font(11, 500, "italic");
  const width = Math.max(...lines.map((text) => ctx.measureText(text).width));
  const height = 14 * lines.length;
  for (const [x, y] of spots) {
    const box = [x - width / 2 - 2, y - height / 2, x + width / 2 + 2, y + height / 2];
    if (!boxes.free(box)) continue;
    boxes.take(box);
    const look = { size: 11, weight: 500, style: "italic", align: "center", fill, halo: palette.of("halo") };
    lines.forEach((text, i) => haloText(ctx, text, x, y + 14 * i - height / 2 + 7, look));
    return box;
  }
  return null;
}

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
        const seen = x > left + 80 && x < right - 80 && y > top + 16 && y < bottom - 30;
        if (seen && inPath(view.ctx, path, x, y)) yield [x, y];
      }
    }
  }
}

/** Yield points below and above the middle of a line, then farther to its sides. */
function* beside(view, { lines }) {
  for (const { xy } of lines) {
    const points = Array.from({ length: xy.length / 2 }, (_, i) => toPixel(view, xy[2 * i], xy[2 * i + 1]));
    const [middle] = along(points, Infinity, lengthOf(points) / 2);
    if (!middle) continue;
    for (const away of [24, -24, 38, -38])
      for (const aside of [0, 30, -30, 60, -60, 90, -90]) yield [middle.x + aside, middle.y + away];
  }
}

const shortLabel = (text) => (text.length > 48 ? `${text.slice(0, 46).trimEnd()}…` : text);
