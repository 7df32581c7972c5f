// The story on the map: areas below, then lines, marks and names; and what is under the pointer.
import { labelAreas, paintAreas } from "./areas.js";
import { toPixel } from "./canvas.js";
import { laned } from "./lanes.js";
import {
  nameCrossings,
  namePlaces,
  paintCrossings,
  paintIncidents,
  paintPlaces,
  paintSpots,
  placesOf,
} from "./marks.js";
import { labelRegion, paintRegion, regionsOf } from "./regions.js";
import { along, arc, nearness, shortened, lengthOf } from "./shapes.js";
import { drawMovement } from "./strokes.js";
import { sureness } from "./state.js";
import { tagMovements } from "./tags.js";

const HEAD = 9; // pixels round the end of a line that its arrow head takes
const LANE = 6; // pixels from one line on a road to the next

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
  hits.push(...paintIncidents(view, incidents, { palette, selected, boxes }));
  const places = placesOf(items);
  const shown = paintPlaces(view, places, { palette, selected, boxes });
  for (const item of order) paintCrossings(view, item, palette, boxes);
  namePlaces(view, shown, { palette, selected, boxes });
  nameCrossings(view, order, palette, boxes);
  const tagged = [...order, ...still.filter((one) => !one.legs.length)];
  tagMovements(view, tagged, { palette, actors, boxes, hits, lanes });
  labelAreas(view, areas, palette, boxes);
  for (const region of wide) hits.push(...labelRegion(view, region, palette, boxes));
  return { hits: hits.filter(Boolean), names: new Set(places.map(({ place }) => place.name)) };
}

function paintMovement(view, item, { palette, lanes, selected, boxes }) {
  const parts = item.legs.map((leg, i) => ({
    how: leg.how,
    chain: leg.chain,
    points: laned(legPoints(view, leg), lanes.get(leg)?.shift, LANE, {
      starts: item.legs[i - 1]?.chain !== leg.chain,
      ends: item.legs[i + 1]?.chain !== leg.chain,
    }),
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
