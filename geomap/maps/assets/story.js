// The story on the map: areas below, then lines, marks and names; and what is under the pointer.
import { toPixel, touches, trace, font } from "./canvas.js";
import { haloText, sideBox } from "./labels.js";
import { namePlace, paintCrossings, paintIncident, paintPlace, paintSpots, placesOf } from "./marks.js";
import { along, arc, moved, nearness, shortened, lengthOf } from "./shapes.js";
import { drawMovement, hatch } from "./strokes.js";
import { sureness } from "./state.js";

/** Paint the visible items; return what can be hit, topmost last. */
export function paintStory(view, items, { palette, lanes, selected, actors, boxes }) {
  const hits = [];
  const areas = items.filter((item) => item.shape);
  const movements = items.filter((item) => item.legs.length);
  const incidents = items.filter((item) => item.type === "incident");
  const still = items.filter((item) => item.spots.length);
  for (const item of areas) hits.push(paintArea(view, item, palette, selected));
  const order = [...movements.filter((item) => item.id !== selected), ...movements.filter((item) => item.id === selected)];
  for (const item of order) hits.push(paintMovement(view, item, { palette, lanes, selected, boxes }));
  const crowd = new Map();
  for (const item of still) hits.push(...paintSpots(view, item, { palette, selected, boxes, crowd }));
  for (const item of incidents) hits.push(...paintIncident(view, item, palette, selected, boxes));
  const places = placesOf(items);
  for (const place of places) paintPlace(view, place, palette, boxes);
  for (const item of order) paintCrossings(view, item, palette, boxes);
  for (const place of places) namePlace(view, place, palette, boxes, selected);
  for (const item of [...order, ...still.filter((one) => !one.legs.length)]) tagMovement(view, item, { palette, actors, boxes, hits });
  for (const item of areas) labelArea(view, item, palette, boxes);
  return { hits: hits.filter(Boolean), names: new Set(places.map(({ place }) => place.name)) };
}

function paintArea(view, item, palette, selected) {
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
  ctx.globalAlpha = item.published ? 0.16 : large(view, item.shape) ? 0.05 : 0.1;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  ctx.globalAlpha = chosen ? 0.62 : large(view, item.shape) ? 0.22 : 0.45;
  if (item.published) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = chosen ? 3 : 1.6;
    ctx.stroke(path);
  } else {
    ctx.fillStyle = hatch(ctx, colour);
    ctx.fill(path, "evenodd");
  }
  if (chosen) {
    ctx.strokeStyle = colour;
    ctx.setLineDash([2, 4]);
    ctx.lineWidth = 1.5;
    ctx.stroke(path);
  }
  const bands = new Path2D();
  for (const line of item.shape.lines) trace(bands, view, line);
  ctx.setLineDash([]);
  ctx.globalAlpha = 0.4;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 10;
  ctx.lineJoin = "round";
  ctx.stroke(bands);
  ctx.restore();
  return { item, near: (x, y) => (onPath(ctx, path, bands, x, y) ? 6 : Infinity) };
}

/** Whether a shape fills much of the view; its hatch is then drawn lighter, so that the story stays legible. */
function large(view, { rings }) {
  const [left, top, right, bottom] = view.visible;
  const cover = rings.reduce((sum, [{ box }]) => sum + (box[2] - box[0]) * (box[3] - box[1]), 0) * view.scale ** 2;
  return cover > 0.12 * (right - left) * (bottom - top);
}

function polygonPath(view, polygons) {
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

function onPath(ctx, path, bands, x, y) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineWidth = 14;
  const inside = ctx.isPointInPath(path, x, y, "evenodd") || ctx.isPointInStroke(bands, x, y);
  ctx.restore();
  return inside;
}

function paintMovement(view, item, { palette, lanes, selected, boxes }) {
  const shift = lanes.get(item.id) * 5;
  const parts = item.legs.map((leg) => ({ how: leg.how, chain: leg.chain, points: moved(legPoints(view, leg), shift) }));
  const ends = item.to?.some((ref) => ref.place && !ref.place.extent);
  for (let chain = 0; chain <= parts.at(-1).chain; chain++) {
    const own = parts.filter((part) => part.chain === chain);
    const last = own.at(-1);
    if (ends && lengthOf(last.points) > 40) last.points = shortened(last.points, 7).points; // the place's ring stays clear
    drawMovement(view.ctx, own, {
      colour: palette.item(item), halo: palette.of("paper"), status: item.status, sure: sureness(item),
      selected: item.id === selected, openStart: item.route.openStart, openEnd: item.route.openEnd,
    });
  }
  for (const part of parts) for (const { x, y } of along(part.points, 9)) boxes.take([x - 3, y - 3, x + 3, y + 3]);
  return {
    item, points: parts.flatMap((part) => part.points),
    near: (x, y) => Math.min(...parts.map((part) => nearness(part.points, x, y))),
  };
}

function legPoints(view, leg) {
  const points = [];
  for (let i = 0; i < leg.xy.length; i += 2) points.push(toPixel(view, leg.xy[i], leg.xy[i + 1]));
  return leg.how === "schematic" && points.length === 2 ? arc(points[0], points[1]) : points;
}

/** Put the actor's tag, and "schematic" where it is so, near the middle of a line. */
function tagMovement(view, item, { palette, actors, boxes, hits }) {
  const points = hits.find((hit) => hit?.item === item)?.points ?? [];
  if (points.length < 2 || item.actor < 0) return;
  const schematic = item.legs.length && item.legs.every((leg) => leg.how === "schematic");
  const text = actors[item.actor].tag + (schematic ? " · schematic" : "");
  const { ctx } = view;
  ctx.font = font(11, 700);
  const width = ctx.measureText(text).width;
  for (const part of [0.5, 0.35, 0.65, 0.25, 0.75]) {
    const [x, y] = points[Math.round((points.length - 1) * part)];
    const side = sideBox(boxes, [x, y], [width, 12], 8, view.visible);
    if (!side || x < 0 || y < 0) continue;
    boxes.take(side.box);
    haloText(ctx, text, side.left, side.top + 6, { size: 11, weight: 700, fill: palette.words(item), halo: palette.of("halo") });
    return;
  }
}

function labelArea(view, item, palette, boxes) {
  const { ctx } = view;
  const lines = [short(item.label), ...(item.published ? [] : ["extent not published"])];
  ctx.font = font(11, 500, "italic");
  const width = Math.max(...lines.map((text) => ctx.measureText(text).width));
  const height = 14 * lines.length;
  for (const [x, y] of inside(view, item.shape)) {
    const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    if (!boxes.free(box)) continue;
    boxes.take(box);
    const look = { size: 11, weight: 500, style: "italic", align: "center", fill: palette.words(item), halo: palette.of("halo") };
    lines.forEach((text, i) => haloText(ctx, text, x, y + 14 * i - height / 2 + 7, look));
    return;
  }
}

/** Yield points of a shape that can be seen, the middle first. */
function* inside(view, shape) {
  const path = polygonPath(view, shape.rings);
  const [left, top, right, bottom] = view.visible;
  const rows = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
  for (const { box } of [...shape.rings.map((rings) => rings[0]), ...shape.lines]) {
    const [x0, y0] = toPixel(view, box[0], box[1]);
    const [x1, y1] = toPixel(view, box[2], box[3]);
    for (const v of rows) {
      for (const u of rows) {
        const at = [x0 + (x1 - x0) * u, y0 + (y1 - y0) * v];
        const seen = at[0] > left + 80 && at[0] < right - 80 && at[1] > top + 16 && at[1] < bottom - 30;
        if (seen && (shape.lines.length || onPath(view.ctx, path, new Path2D(), ...at))) yield at;
      }
    }
  }
}

const short = (text) => (text.length > 48 ? `${text.slice(0, 46).trimEnd()}…` : text);
