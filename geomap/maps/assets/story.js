// The story on the map: areas below, then lines, marks and names; and what is under the pointer.
import { labelAreas, paintAreas } from "./areas.js";
import { toPixel, font } from "./canvas.js";
import { haloText, sideBox } from "./labels.js";
import { nameCrossings, namePlace, paintCrossings, paintIncident, paintPlace, paintSpots, placesOf } from "./marks.js";
import { labelRegion, paintRegion, regionsOf } from "./regions.js";
import { along, arc, moved, nearness, shortened, lengthOf } from "./shapes.js";
import { drawMovement } from "./strokes.js";
import { sureness } from "./state.js";

const HEAD = 9; // pixels round the end of a line that its arrow head takes
const APART = 90; // pixels within which the same tag is not written again

/** Paint the visible items; return what can be hit, topmost last. */
export function paintStory(view, items, { palette, lanes, selected, hinted, actors, regions, boxes }) {
  const hits = [];
  const wide = regionsOf(items, { regions, selected, hinted, palette });
  const areas = items.filter((item) => item.shape);
  const movements = items.filter((item) => item.legs.length);
  const incidents = items.filter((item) => item.type === "incident");
  const still = items.filter((item) => item.spots.length);
  for (const region of wide) paintRegion(view, region);
  hits.push(...paintAreas(view, areas, palette, selected));
  const order = [
    ...movements.filter((item) => item.id !== selected),
    ...movements.filter((item) => item.id === selected),
  ];
  for (const item of order) hits.push(paintMovement(view, item, { palette, lanes, selected, boxes }));
  const crowd = new Map();
  for (const item of still) hits.push(...paintSpots(view, item, { palette, selected, boxes, crowd }));
  for (const item of incidents) hits.push(...paintIncident(view, item, palette, selected, boxes));
  const places = placesOf(items);
  for (const place of places) paintPlace(view, place, palette, boxes);
  for (const item of order) paintCrossings(view, item, palette, boxes);
  for (const place of places) namePlace(view, place, palette, boxes, selected);
  const tags = [];
  nameCrossings(view, order, palette, boxes);
  for (const item of [...order, ...still.filter((one) => !one.legs.length)])
    tagMovement(view, item, { palette, actors, boxes, hits, tags });
  labelAreas(view, areas, palette, boxes);
  for (const region of wide) hits.push(...labelRegion(view, region, palette, boxes));
  return { hits: hits.filter(Boolean), names: new Set(places.map(({ place }) => place.name)) };
}

function paintMovement(view, item, { palette, lanes, selected, boxes }) {
  const shift = lanes.get(item.id) * 5;
  const parts = item.legs.map((leg) => ({
    how: leg.how,
    chain: leg.chain,
    points: moved(legPoints(view, leg), shift),
  }));
  const ends = item.to?.some((ref) => ref.place && !ref.place.extent);
  for (let chain = 0; chain <= parts.at(-1).chain; chain++) {
    const own = parts.filter((part) => part.chain === chain);
    const last = own.at(-1);
    if (ends && lengthOf(last.points) > 40) last.points = shortened(last.points, 7).points; // the place's ring stays clear
    drawMovement(view.ctx, own, {
      colour: palette.item(item),
      halo: palette.of("paper"),
      status: item.status,
      sure: sureness(item),
      selected: item.id === selected,
      openStart: item.route.openStart,
      openEnd: item.route.openEnd,
    });
    const [x, y] = last.points.at(-1);
    boxes.take([x - HEAD, y - HEAD, x + HEAD, y + HEAD]);
  }
  for (const part of parts) for (const { x, y } of along(part.points, 9)) boxes.take([x - 3, y - 3, x + 3, y + 3]);
  return {
    item,
    points: parts.flatMap((part) => part.points),
    near: (x, y) => Math.min(...parts.map((part) => nearness(part.points, x, y))),
  };
}

function legPoints(view, leg) {
  const points = [];
  for (let i = 0; i < leg.xy.length; i += 2) points.push(toPixel(view, leg.xy[i], leg.xy[i + 1]));
  return leg.how === "schematic" && points.length === 2 ? arc(points[0], points[1]) : points;
}

/** Put the actor's tag, and "schematic" where it is so, near the middle of a line. */
function tagMovement(view, item, { palette, actors, boxes, hits, tags }) {
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
    if (tags.some((tag) => tag.text === text && Math.hypot(tag.x - x, tag.y - y) < APART)) return;
    if (!side || x < 0 || y < 0) continue;
    tags.push({ text, x, y });
    boxes.take(side.box);
    haloText(ctx, text, side.left, side.top + 6, {
      size: 11,
      weight: 700,
      fill: palette.words(item),
      halo: palette.of("halo"),
    });
    return;
  }
}
