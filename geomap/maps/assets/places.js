// Places: a dot for each, one for several that crowd, a halo in true metres, and their names.
import { EARTH } from "./bends.js";
import { font, toPixel, touches } from "./canvas.js";
import { unit } from "./data.js";
import { haloText, sideBox } from "./labels.js";

const CLOSE = 14; // pixels; of places nearer to each other the one spoken of most is drawn
const BASES = new Set(["S.AIRB", "S.INSM", "S.AIRP", "S.AIRF", "S.FT", "L.MILB"]);

/** Whether a place is a base, an airfield or a camp of forces. */
export const isBase = (place) => BASES.has(place.feature);

/** Return the spots the items name, and those that stand alone, once each, as {place, items}; countries, regions and roads have no spot. */
export function placesOf(items, alone = []) {
  const places = new Map();
  for (const item of items) {
    for (const { place } of item.type === "area" ? [] : item.refs) {
      if (!place || place.extent) continue;
      const known = places.get(place.id);
      if (!known) places.set(place.id, { place, items: [item] });
      else if (known.items.at(-1) !== item) known.items.push(item);
    }
  }
  for (const place of alone) if (!place.extent && !places.has(place.id)) places.set(place.id, { place, items: [] });
  return [...places.values()];
}

/** Draw places that can be seen; return {all, of}: those with a dot, most spoken of first, and by id whose dot stands for it. */
export function paintPlaces(view, places, { palette, selected, boxes, shown }) {
  const spots = gathered(view, places, selected);
  if (!shown) return spots;
  for (const spot of spots.all) halo(view, spot, palette);
  for (const spot of spots.all) dot(view.ctx, spot, palette);
  for (const { x, y } of spots.all) boxes.take([x - 6, y - 6, x + 6, y + 6]);
  return spots;
}

/** Gather places that crowd round the one spoken of most, or round one of the chosen item. */
function gathered(view, places, selected) {
  const chosen = ({ items }) => items.some((item) => item.id === selected);
  const rank = (one) => (chosen(one) ? Infinity : one.items.length);
  const cells = new Map();
  const spots = { all: [], of: new Map() };
  const ranked = places
    .map((one) => ({ ...one, rank: rank(one) }))
    .sort((a, b) => (a.rank < b.rank ? 1 : a.rank > b.rank ? -1 : 0));
  for (const one of ranked) {
    const at = unit(one.place.x, one.place.y);
    if (!touches(view, [...at, ...at])) continue;
    const [x, y] = toPixel(view, ...at);
    const near = one.rank === Infinity ? null : nearest(cells, x, y);
    if (near) near.more.push(one.place);
    const spot = near ?? { ...one, x, y, more: [] };
    spots.of.set(one.place.id, spot);
    if (near) continue;
    spots.all.push(spot);
    const key = cell(x, y);
    cells.set(key, [...(cells.get(key) ?? []), spot]);
  }
  return spots;
}

const cell = (x, y) => Math.floor(x / CLOSE) * 65536 + Math.floor(y / CLOSE);

function nearest(cells, x, y) {
  let best = null;
  for (const dx of [-CLOSE, 0, CLOSE]) {
    for (const dy of [-CLOSE, 0, CLOSE]) {
      for (const spot of cells.get(cell(x + dx, y + dy)) ?? []) {
        const far = Math.hypot(spot.x - x, spot.y - y);
        if (far < (best?.far ?? CLOSE)) best = { spot, far };
      }
    }
  }
  return best?.spot;
}

/** Draw the circle that surely holds the place, in true metres, where it is larger than its dot. */
function halo({ ctx, scale }, { place, items, x, y }, palette) {
  const radius = ((place.precision ?? 0) / (EARTH * Math.cos((place.y * Math.PI) / 180))) * scale;
  if (radius < 9 || radius > 400) return;
  const colours = new Set(items.map((item) => palette.item(item)));
  const colour = colours.size === 1 ? [...colours][0] : palette.of("secondary");
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 7);
  ctx.globalAlpha = 0.09;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = 0.4;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 3]);
  ctx.stroke();
  ctx.restore();
}

function dot(ctx, { place, more, x, y }, palette) {
  ctx.fillStyle = palette.of("paper");
  ctx.strokeStyle = palette.of("text");
  ctx.lineWidth = 1.7;
  ctx.lineJoin = "round";
  for (const aside of more.length ? [2.6, 0] : [0]) {
    placeMark(ctx, isBase(place), x + aside, y - aside);
    ctx.fill();
    ctx.stroke();
  }
}

/** Begin the path of a place's mark: a triangle for a base, a ring for others; also used by the legend. */
export function placeMark(ctx, base, x, y) {
  ctx.beginPath();
  if (!base) {
    ctx.arc(x, y, 4.2, 0, 7);
    return;
  }
  ctx.moveTo(x, y - 6);
  ctx.lineTo(x + 5.5, y + 4);
  ctx.lineTo(x - 5.5, y + 4);
  ctx.closePath();
}

/** Name places where there is room, those of the chosen item and those spoken of most before others. */
export function namePlaces(view, spots, { palette, selected, boxes }) {
  for (const spot of spots.all) namePlace(view, spot, palette, boxes, selected);
}

function namePlace(view, { place, items, more, x, y }, palette, boxes, selected) {
  const { ctx } = view;
  ctx.font = font(11);
  const local = place.local ? ctx.measureText(place.local).width : 0;
  const extra = more.length ? ` +${more.length}` : "";
  const beside = extra ? ctx.measureText(extra).width : 0;
  ctx.font = font(13, 700);
  const name = ctx.measureText(place.name).width;
  const alone = name + beside;
  let side = local ? sideBox(boxes, [x, y], [Math.max(alone, local), 29], 8, view.visible) : null;
  const both = side !== null;
  side ??= sideBox(boxes, [x, y], [alone, 15], 8, view.visible);
  for (const gap of [8, 18]) side ??= sideBox(boxes, [x, y], [alone, 15], gap, view.visible, true); // over a line if it must
  if (!side && items.some((item) => item.id === selected))
    side = { left: x + 8, top: y - 7, box: [x + 6, y - 8, x + 10 + alone, y + 8] };
  if (!side) return; // zooming in makes room
  boxes.take(side.box);
  const quiet = { size: 11, fill: palette.of("secondary"), halo: palette.of("halo") };
  const { left, top } = side;
  haloText(ctx, place.name, left, top + 7.5, { ...quiet, size: 13, weight: 700, fill: palette.of("text") });
  if (extra) haloText(ctx, extra, left + name, top + 7.5, quiet);
  if (both) haloText(ctx, place.local, left, top + 22, quiet);
}
