// The story on the map: areas below, then lines, incidents, places and their names; and what is under the pointer.
import { toPixel, touches, trace, font } from "./canvas.js";
import { unit } from "./data.js";
import { haloText, sideBox } from "./labels.js";
import { along, arc, moved, nearness, shortened, lengthOf } from "./shapes.js";
import { chevron, drawMovement, hatch } from "./strokes.js";
import { sureness } from "./state.js";

const EARTH = 40075016.686; // circumference in metres at the equator of Web Mercator

/** Paint the visible items; return what can be hit, topmost last. */
export function paintStory(view, items, { palette, lanes, selected, actors, boxes }) {
  const hits = [];
  const areas = items.filter((item) => item.shape);
  const movements = items.filter((item) => item.legs.length);
  const incidents = items.filter((item) => item.type === "incident");
  const still = items.filter((item) => item.spot);
  for (const item of areas) hits.push(paintArea(view, item, palette, selected));
  const order = [...movements.filter((item) => item.id !== selected), ...movements.filter((item) => item.id === selected)];
  for (const item of order) hits.push(paintMovement(view, item, { palette, lanes, selected, boxes }));
  for (const item of still) hits.push(paintSpot(view, item, palette, selected));
  for (const item of incidents) hits.push(...paintIncident(view, item, palette, selected, boxes));
  const places = placesOf(items);
  for (const place of places) paintPlace(view, place, palette, boxes);
  for (const item of order) paintCrossings(view, item, palette, boxes);
  for (const place of places) namePlace(view, place, palette, boxes, selected);
  for (const item of order) tagMovement(view, item, { palette, actors, boxes, hits });
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
  ctx.globalAlpha = item.published ? 0.16 : 0.1;
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  ctx.globalAlpha = chosen ? 0.9 : 0.5;
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
  const parts = item.legs.map((leg) => ({ how: leg.how, points: legPoints(view, leg) }));
  const shift = lanes.get(item.id) * 5;
  for (const part of parts) part.points = moved(part.points, shift);
  const last = parts.at(-1);
  const ends = item.to?.some((ref) => ref.place && !ref.place.extent);
  if (ends && lengthOf(last.points) > 40) last.points = shortened(last.points, 7).points; // the place's ring stays clear
  drawMovement(view.ctx, parts, {
    colour: palette.item(item), halo: palette.of("paper"), status: item.status, sure: sureness(item),
    selected: item.id === selected, dim: false,
    openStart: item.route.openStart, openEnd: item.route.openEnd,
  });
  const points = parts.flatMap((part) => part.points);
  for (const { x, y } of along(points, 9)) boxes.take([x - 3, y - 3, x + 3, y + 3]);
  return { item, points, near: (x, y) => nearness(points, x, y) };
}

function legPoints(view, leg) {
  const points = [];
  for (let i = 0; i < leg.xy.length; i += 2) points.push(toPixel(view, leg.xy[i], leg.xy[i + 1]));
  return leg.how === "schematic" && points.length === 2 ? arc(points[0], points[1]) : points;
}

/** Draw a movement of which one end is known: marks pointing to the place, or away, from no direction in particular. */
function paintSpot(view, item, palette, selected) {
  const { ctx } = view;
  const [x, y] = toPixel(view, ...unit(item.spot.place.x, item.spot.place.y));
  ctx.save();
  ctx.lineCap = "round";
  for (const turn of [0, 1, 2, 3]) {
    const angle = Math.PI / 4 + (turn * Math.PI) / 2;
    const at = { x: x + Math.cos(angle) * 13, y: y + Math.sin(angle) * 13, angle: item.spot.arrives ? angle + Math.PI : angle };
    chevron(ctx, at, palette.of("paper"), 6, 5);
    chevron(ctx, at, palette.item(item), 6, item.id === selected ? 3.4 : 2.4);
  }
  ctx.restore();
  return { item, near: (hx, hy) => Math.max(0, Math.hypot(hx - x, hy - y) - 14) };
}

const FLAGS = {
  strike: (pen, r) => star(pen, r, 8),
  shelling: (pen, r) => star(pen, r, 5),
  clash: (pen, r) => { pen.moveTo(-r, -r); pen.lineTo(r, r); pen.moveTo(r, -r); pen.lineTo(-r, r); },
  capture: (pen, r) => { pen.moveTo(-r * 0.6, r); pen.lineTo(-r * 0.6, -r); pen.lineTo(r, -r * 0.4); pen.lineTo(-r * 0.6, r * 0.2); },
  sighting: (pen, r) => { pen.ellipse(0, 0, r, r * 0.62, 0, 0, 7); pen.moveTo(r * 0.3, 0); pen.arc(0, 0, r * 0.3, 0, 7); },
  presence: (pen, r) => { pen.moveTo(0, -r); pen.lineTo(r, 0); pen.lineTo(0, r); pen.lineTo(-r, 0); pen.closePath(); },
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
  for (const [width, tone] of [[5, halo], [2, colour]]) {
    ctx.beginPath();
    (FLAGS[kind] ?? FLAGS.presence)(ctx, r);
    ctx.strokeStyle = tone;
    ctx.lineWidth = width;
    ctx.stroke();
  }
  ctx.fillStyle = colour;
  if (kind !== "clash" && kind !== "sighting") ctx.fill();
}

function paintIncident(view, item, palette, selected, boxes) {
  const { ctx } = view;
  return item.places.filter((ref) => ref.place && !ref.place.extent).map(({ place }) => {
    const [px, py] = toPixel(view, ...unit(place.x, place.y));
    const [x, y] = [px, py - 15]; // above the place, so that its dot stays to be seen
    precisionCircle(view, place, px, py, palette.item(item));
    ctx.save();
    ctx.translate(x, y);
    if (item.id === selected) {
      ctx.beginPath();
      ctx.arc(0, 0, 13, 0, 7);
      ctx.fillStyle = `${palette.item(item)}44`;
      ctx.fill();
    }
    incidentMark(ctx, item.kind, palette.item(item), palette.of("paper"));
    ctx.restore();
    boxes.take([x - 8, y - 8, x + 8, y + 8]);
    return { item, near: (hx, hy) => Math.max(0, Math.min(Math.hypot(hx - x, hy - y), Math.hypot(hx - px, hy - py)) - 6) };
  });
}

/** Return the spots the items name, once each; countries, regions and roads have no spot. */
function placesOf(items) {
  const places = new Map();
  for (const item of items) {
    const stops = item.type === "area" ? [] : item.refs;
    for (const { place } of stops) if (place && !place.extent && !places.has(place.id)) places.set(place.id, { place, item });
  }
  return [...places.values()];
}

/** Draw the circle that surely holds the place, in true metres, where it is larger than its dot. */
function precisionCircle(view, place, x, y, colour) {
  const radius = ((place.precision ?? 0) / (EARTH * Math.cos((place.y * Math.PI) / 180))) * view.scale;
  if (radius < 9 || radius > 400) return;
  const { ctx } = view;
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 7);
  ctx.globalAlpha = 0.1;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = 0.35;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 3]);
  ctx.stroke();
  ctx.restore();
}

const BASES = new Set(["S.AIRB", "S.INSM", "S.AIRP", "S.AIRF", "S.FT", "L.MILB"]);

function paintPlace(view, { place, item }, palette, boxes) {
  const { ctx } = view;
  const [x, y] = toPixel(view, ...unit(place.x, place.y));
  precisionCircle(view, place, x, y, palette.item(item));
  ctx.beginPath();
  if (BASES.has(place.feature)) {
    ctx.moveTo(x, y - 6);
    ctx.lineTo(x + 5.5, y + 4);
    ctx.lineTo(x - 5.5, y + 4);
    ctx.closePath();
  } else ctx.arc(x, y, 4.2, 0, 7);
  ctx.fillStyle = palette.of("paper");
  ctx.fill();
  ctx.strokeStyle = palette.of("text");
  ctx.lineWidth = 1.7;
  ctx.lineJoin = "round";
  ctx.stroke();
  boxes.take([x - 6, y - 6, x + 6, y + 6]);
}

function namePlace(view, { place, item }, palette, boxes, selected) {
  const { ctx } = view;
  const [x, y] = toPixel(view, ...unit(place.x, place.y));
  ctx.font = font(13, 700);
  const alone = ctx.measureText(place.name).width;
  ctx.font = font(11);
  const both = place.local ? Math.max(alone, ctx.measureText(place.local).width) : alone;
  let side = place.local ? sideBox(boxes, [x, y], [both, 29], 8, view.visible) : null;
  const local = side && place.local;
  side ??= sideBox(boxes, [x, y], [alone, 15], 8, view.visible);
  if (!side && item.id === selected) side = { left: x + 8, top: y - 7, box: [x + 6, y - 8, x + 10 + alone, y + 8] };
  if (!side) return; // zooming in makes room
  boxes.take(side.box);
  const halo = palette.of("halo");
  haloText(ctx, place.name, side.left, side.top + 7.5, { size: 13, weight: 700, fill: palette.of("text"), halo });
  if (local) haloText(ctx, place.local, side.left, side.top + 22, { size: 11, fill: palette.of("secondary"), halo });
}

function paintCrossings(view, item, palette, boxes) {
  const { ctx } = view;
  for (const crossing of item.route.crossings ?? []) {
    const [x, y] = toPixel(view, ...unit(crossing.x, crossing.y));
    for (const [width, tone] of [[5, palette.of("paper")], [2, palette.of("text")]]) {
      ctx.strokeStyle = tone;
      ctx.lineWidth = width;
      ctx.strokeRect(x - 4, y - 5, 8, 0.1);
      ctx.beginPath();
      ctx.moveTo(x - 4, y + 5);
      ctx.lineTo(x - 4, y - 5);
      ctx.lineTo(x + 4, y - 5);
      ctx.lineTo(x + 4, y + 5);
      ctx.stroke();
    }
    boxes.take([x - 7, y - 7, x + 7, y + 7]);
    ctx.font = font(11, 600);
    const side = sideBox(boxes, [x, y], [ctx.measureText(crossing.name).width, 13], 8, view.visible);
    if (!side) continue;
    boxes.take(side.box);
    haloText(ctx, crossing.name, side.left, side.top + 6.5, { size: 11, weight: 600, fill: palette.of("text"), halo: palette.of("halo") });
  }
}

/** Put the actor's tag, and "schematic" where it is so, near the middle of a line. */
function tagMovement(view, item, { palette, actors, boxes, hits }) {
  const points = hits.find((hit) => hit?.item === item)?.points ?? [];
  if (points.length < 2 || item.actor < 0) return;
  const schematic = item.legs.every((leg) => leg.how === "schematic");
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

const short = (text) => (text.length > 34 ? `${text.slice(0, 32).trimEnd()}…` : text);
