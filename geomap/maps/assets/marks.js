// Marks on the map: places, crossings, incidents, and movements of which only one end is known.
import { toPixel, font } from "./canvas.js";
import { unit } from "./data.js";
import { haloText, sideBox } from "./labels.js";
import { chevron } from "./strokes.js";

const EARTH = 40075016.686; // circumference in metres at the equator of Web Mercator

/** Draw the places a movement comes to or leaves by an unknown way: marks on all sides, of no direction in particular. */
export function paintSpots(view, item, { palette, selected, boxes, crowd }) {
  const { ctx } = view;
  return item.spots.map((spot) => {
    const [x, y] = toPixel(view, ...spot);
    const rings = crowd.get(`${spot}`) ?? [];
    crowd.set(`${spot}`, rings);
    const look = `${palette.item(item)} ${item.arrives}`;
    if (!rings.includes(look)) rings.push(look);
    const reach = 13 + 10 * rings.indexOf(look); // one ring outside the other where several actors come to one place
    ctx.save();
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    for (const turn of [0, 1, 2, 3]) {
      const angle = Math.PI / 4 + (turn * Math.PI) / 2;
      const at = {
        x: x + Math.cos(angle) * reach,
        y: y + Math.sin(angle) * reach,
        angle: item.arrives ? angle + Math.PI : angle,
      };
      chevron(ctx, at, palette.of("paper"), 6, 5);
      chevron(ctx, at, palette.item(item), 6, item.id === selected ? 3.4 : 2.4);
    }
    ctx.restore();
    boxes.take([x - reach, y - reach, x + reach, y + reach]);
    return {
      item,
      points: [
        [x, y],
        [x, y],
      ],
      near: (hx, hy) => Math.abs(Math.hypot(hx - x, hy - y) - reach),
    };
  });
}

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

/** Draw incidents above their places; return what can be hit. */
export function paintIncidents(view, incidents, { palette, selected, boxes }) {
  return incidents.flatMap((item) => paintIncident(view, item, palette, selected, boxes));
}

function paintIncident(view, item, palette, selected, boxes) {
  const { ctx } = view;
  return item.places
    .filter((ref) => ref.place && !ref.place.extent)
    .map(({ place }) => {
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
      return {
        item,
        near: (hx, hy) => Math.max(0, Math.min(Math.hypot(hx - x, hy - y), Math.hypot(hx - px, hy - py)) - 6),
      };
    });
}

/** Return the spots the items name, once each; countries, regions and roads have no spot. */
export function placesOf(items) {
  const places = new Map();
  for (const item of items) {
    const stops = item.type === "area" ? [] : item.refs;
    for (const { place } of stops)
      if (place && !place.extent && !places.has(place.id)) places.set(place.id, { place, item });
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

/** Draw places; return those that have a mark of their own, to be named. */
export function paintPlaces(view, places, { palette, boxes }) {
  for (const place of places) paintPlace(view, place, palette, boxes);
  return places;
}

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

/** Name places where there is room. */
export function namePlaces(view, places, { palette, selected, boxes }) {
  for (const place of places) namePlace(view, place, palette, boxes, selected);
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

export function paintCrossings(view, item, palette, boxes) {
  const { ctx } = view;
  for (const crossing of item.route.crossings ?? []) {
    const [x, y] = toPixel(view, ...unit(crossing.x, crossing.y));
    for (const [width, tone] of [
      [5, palette.of("paper")],
      [2, palette.of("text")],
    ]) {
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
  }
}

/** Name the crossings of the items, each once, smaller than towns. */
export function nameCrossings(view, items, palette, boxes) {
  const { ctx } = view;
  const crossings = new Map(items.flatMap((item) => item.route.crossings ?? []).map((one) => [one.name, one]));
  for (const crossing of crossings.values()) {
    const [x, y] = toPixel(view, ...unit(crossing.x, crossing.y));
    ctx.font = font(10.5, 500);
    const side = sideBox(boxes, [x, y], [ctx.measureText(crossing.name).width, 12], 8, view.visible);
    if (!side) continue;
    boxes.take(side.box);
    haloText(ctx, crossing.name, side.left, side.top + 6, {
      size: 10.5,
      weight: 500,
      fill: palette.of("text"),
      halo: palette.of("halo"),
    });
  }
}
