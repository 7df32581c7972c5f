// The story on the map: areas below, then lines, marks and names; and what is under the pointer.
import { labelAreas, paintAreas } from "./areas.js";
import { straightsOf } from "./bends.js";
import { pixelsOf, touches } from "./canvas.js";
import { CROWD, paintCrowd } from "./crowd.js";
import { laned } from "./lanes.js";
import { paintIncidents } from "./incidents.js";
import { nameCrossings, paintCrossings, paintSpots } from "./marks.js";
import { namePlaces, paintPlaces, placesOf } from "./places.js";
import { labelRegion, paintRegion, regionsOf } from "./regions.js";
import { along, arc, nearness, shortened, lengthOf } from "./shapes.js";
import { drawMovement } from "./strokes.js";
import { drawnSureness } from "./state.js";
import { paintSymbols } from "./symbols.js";
import { tagMovements } from "./tags.js";

const HEAD = 9; // pixels round the end of a line that its arrow head takes
const LANE = 6; // pixels from one line on a road to the next

/** Paint the visible items, yielding between them; return what can be hit, topmost last, and the names written. */
export function* paintStory(
  view,
  items,
  { palette, lanesFor, selected, hinted, actors, regions, boxes, alone, drawn, symbols },
) {
  const hits = [];
  const wide = regionsOf(items, { regions, selected, hinted, palette });
  const areas = items.filter((item) => item.shape);
  const moving = items.filter((item) => item.box && touches(view, item.box));
  const crowded = moving.length > CROWD;
  const movements = crowded ? moving.filter((item) => item.id === selected) : moving;
  const incidents = items.filter((item) => item.type === "incident");
  const still = items.filter((item) => item.spots.length);
  for (const region of wide) paintRegion(view, region);
  yield;
  hits.push(...paintAreas(view, areas, palette, selected));
  yield;
  if (crowded) yield* paintCrowd(view, moving, palette);
  const lanes = lanesFor(movements);
  const order = [
    ...movements.filter((item) => item.id !== selected),
    ...movements.filter((item) => item.id === selected),
  ];
  for (const item of order) {
    hits.push(paintMovement(view, item, { palette, lanes, selected, boxes }));
    yield;
  }
  const crowd = new Map();
  for (const item of still) hits.push(...paintSpots(view, item, { palette, selected, boxes, crowd }));
  yield;
  const named = drawn.has("places");
  const places = placesOf(crowded ? [...order, ...incidents] : items, named ? alone : []);
  const spots = paintPlaces(view, places, { palette, selected, boxes, shown: named });
  hits.push(...paintIncidents(view, incidents, { palette, selected, boxes, spots }));
  for (const item of order) paintCrossings(view, item, palette, boxes);
  yield;
  hits.push(...paintSymbols(view, order, { symbols, actors, palette, boxes, hits, spots }));
  if (named) namePlaces(view, spots, { palette, selected, boxes });
  nameCrossings(view, order, palette, boxes);
  yield;
  const tagged = [...order, ...still.filter((one) => !one.legs.length)];
  tagMovements(view, tagged, { palette, actors, boxes, hits, lanes });
  yield;
  labelAreas(view, areas, palette, boxes);
  for (const region of wide) hits.push(...labelRegion(view, region, palette, boxes));
  const names = new Set(places.map(({ place }) => place.name));
  return { hits: hits.filter(Boolean), crowd: crowded ? new Map(moving.map((item) => [item.id, item])) : null, names };
}

function paintMovement(view, item, { palette, lanes, selected, boxes }) {
  const parts = item.legs.map((leg, i) => ({
    how: leg.how,
    chain: leg.chain,
    straight: straightsOf(leg),
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
      sure: drawnSureness(item),
      selected: item.id === selected,
      openStart: item.route.openStart,
      openEnd: item.route.openEnd,
    });
    const [x, y] = last.points.at(-1);
    boxes.takeLine([x - HEAD, y - HEAD, x + HEAD, y + HEAD]);
  }
  for (const part of parts) for (const { x, y } of along(part.points, 9)) boxes.takeLine([x - 3, y - 3, x + 3, y + 3]);
  return {
    item,
    parts,
    points: parts.flatMap((part) => part.points),
    near: (x, y) => Math.min(...parts.map((part) => nearness(part.points, x, y))),
  };
}

function legPoints(view, leg) {
  const points = pixelsOf(view, leg);
  return leg.how === "schematic" && points.length === 2 ? arc(points[0], points[1]) : points;
}
