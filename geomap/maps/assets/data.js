// The page's data, decoded once: lines in unit Web Mercator (0 to 1, y down), days as numbers.
import { joinedBox, makeIndex } from "./boxes.js";
import { clockOf, momentsOf } from "./clock.js";
import { dayOf, folded } from "./text.js";

/** Return the unit y of a latitude in degrees. */
function mercator(lat) {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Return lon, lat in degrees as unit Web Mercator. */
export const unit = (lon, lat) => [(lon + 180) / 360, mercator(lat)];

/** Return the latitude in degrees of a unit y. */
export const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Decode packed lines into [{xy, box}], both in unit Web Mercator; geomap/maps/packing.py says how they are packed. */
function linesOf(bytes) {
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  const many = head.getUint32(0, true);
  const all = unpacked(bytes.subarray(4 + 4 * many));
  let end = 0;
  return Array.from({ length: many }, (_, line) => {
    const start = end;
    end += 2 * head.getUint32(4 + 4 * line, true);
    const xy = all.subarray(start, end);
    return { xy, box: boxOf(xy) };
  });
}

/** Return the vertices of all lines, flat, out of three planes of bytes of zigzag-coded differences of x and of y. */
function unpacked(planes, scale = 1e4) {
  const points = planes.length / 6;
  const all = new Float64Array(2 * points);
  const [second, third] = [2 * points, 4 * points];
  let lon = 0;
  let lat = 0;
  for (let i = 0, j = points; i < points; i++, j++) {
    const x = planes[i] | (planes[second + i] << 8) | (planes[third + i] << 16);
    const y = planes[j] | (planes[second + j] << 8) | (planes[third + j] << 16);
    lon += (x >>> 1) ^ -(x & 1);
    lat += (y >>> 1) ^ -(y & 1);
    all[2 * i] = (lon / scale + 180) / 360;
    all[2 * i + 1] = mercator(lat / scale);
  }
  return all;
}

function boxOf(xy) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i];
    const y = xy[i + 1];
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  return [x0, y0, x1, y1];
}

/** Read the data block of the page; lines are put where the values give their numbers. */
export async function readData(node) {
  const bytes = await window.geomapInflated(node.textContent);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const raw = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const lines = linesOf(bytes.subarray(4 + length));
  const layers = Object.entries(raw.base.layers ?? {}).map(([name, [first, count]]) => [
    name,
    lines.slice(first, first + count),
  ]);
  const base = { ...raw.base, layers: Object.fromEntries(layers) };
  const reports = new Map(raw.reports.map((report) => [report.id, report]));
  const places = raw.gazetteer;
  for (const record of [...raw.movements, ...raw.areas, ...raw.incidents]) complete(record, places, reports);
  const items = [
    ...raw.movements.map((record) => item("movement", record, lines)),
    ...raw.areas.map((record) => item("area", record, lines)),
    ...raw.incidents.map((record) => item("incident", record, lines)),
  ];
  const regions = new Map(
    Object.entries(raw.regions ?? {}).map(([id, one]) => [id, { ...one, rings: polygonsOf(one.rings, lines) }]),
  );
  for (const one of items) one.regions = one.type === "area" ? [] : regionIds(one, regions);
  items.sort((a, b) => (a.day ?? Infinity) - (b.day ?? Infinity) || a.rank - b.rank);
  const byId = new Map(items.map((one) => [one.id, one]));
  const inBox = makeIndex(items.map((one) => one.box));
  const search = (box) => inBox(box).map((number) => items[number]); // the lines that may touch a box
  const named = raw.places.map((number) => places[number]);
  return { ...raw, base, reports, places: named, regions, items, byId, search, ...clockOf(items, raw.asOf) };
}

const OF_REPORT = { publisher: "source", title: "title", url: "url", published: "published" };

/** Put into a record what geomap/maps/shared.py says once for many: its places, and what its report says of its source. */
function complete(record, places, reports) {
  for (const slot of ["from", "via", "to", "places", "about"])
    for (const ref of record[slot] ?? []) if (ref.place !== undefined) ref.place = places[ref.place];
  for (const { source } of record.tellings ? [record, ...record.tellings] : [record]) {
    const report = reports.get(source.report);
    if (report) for (const [name, own] of Object.entries(OF_REPORT)) if (!(name in source)) source[name] = report[own];
  }
}

let ranks = 0;

function item(type, record, lines) {
  const moments = momentsOf(record);
  const { event, report, tellings } = moments;
  const refs = [
    ...(record.from ?? []),
    ...(record.via ?? []),
    ...(record.to ?? []),
    ...(record.places ?? []),
    ...(record.about ?? []),
  ];
  const legs = (record.route?.legs ?? []).map((leg) => ({ ...leg, ...lines[leg.line] }));
  const shape = record.rings || record.lines ? shapeOf(record, lines) : null;
  const claims = (tellings ?? [record]).map((one) => one.source);
  const told = dayOf(record.source.published); // the day of the words that are quoted; `report` is when it was first known
  let searched = null;
  const text = () => [
    record.sentence,
    record.label,
    ...claims.flatMap((claim) => [claim.quote, claim.publisher, claim.by]),
    ...refs.flatMap((ref) => [ref.text, ref.place?.name, ref.place?.local]),
  ];
  return {
    ...record,
    ...moments,
    type,
    refs,
    legs,
    box: joinedBox(legs.map((leg) => leg.box)),
    shape,
    claims,
    told,
    day: event ? event[0] : report,
    rank: ranks++,
    spots: (record.spots ?? []).map(([lon, lat]) => unit(lon, lat)),
    actor: record.actor ?? -1,
    status: record.status ?? null,
    /** Whether the item tells of a word, folded; its text is put together when first asked. */
    tells: (word) => (searched ??= folded(text().join(" "))).includes(word),
  };
}

/** Return the regions an item names as an end; a country counts only where no line leaves or enters it. */
function regionIds({ refs, legs }, regions) {
  const ids = refs
    .map((ref) => ref.place?.id)
    .filter((id) => regions.has(id) && !(legs.length && regions.get(id).country));
  return [...new Set(ids)];
}

const polygonsOf = (polygons, lines) => (polygons ?? []).map((rings) => rings.map((ring) => lines[ring]));

function shapeOf(record, lines) {
  return {
    rings: polygonsOf(record.rings, lines),
    possible: polygonsOf(record.possible, lines),
    maybe: (record.maybe ?? []).map((line) => lines[line]),
    lines: (record.lines ?? []).map((line) => lines[line]),
  };
}
