// The page's data, decoded once: lines in unit Web Mercator (0 to 1, y down), days as numbers.
import { dayOf, folded } from "./text.js";

/** Return lon, lat in degrees as unit Web Mercator. */
export function unit(lon, lat) {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Return the latitude in degrees of a unit y. */
export const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Decode a delta-coded flat list into {xy, box}, both in unit Web Mercator. */
export function decode(flat, scale = 1e4) {
  const xy = new Float64Array(flat.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < flat.length; i += 2) {
    lon += flat[i];
    lat += flat[i + 1];
    const [x, y] = unit(lon / scale, lat / scale);
    xy[i] = x;
    xy[i + 1] = y;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { xy, box };
}

export function readData(node) {
  const raw = JSON.parse(node.textContent);
  const reports = new Map(raw.reports.map((report) => [report.id, report]));
  const items = [
    ...raw.movements.map((record) => item("movement", record)),
    ...raw.areas.map((record) => item("area", record)),
    ...raw.incidents.map((record) => item("incident", record)),
  ];
  const regions = new Map(
    Object.entries(raw.regions ?? {}).map(([id, one]) => [id, { ...one, rings: polygonsOf(one.rings) }]),
  );
  for (const one of items) one.regions = one.type === "area" ? [] : regionIds(one, regions);
  items.sort((a, b) => (a.day ?? Infinity) - (b.day ?? Infinity) || a.rank - b.rank);
  return {
    ...raw,
    reports,
    regions,
    items,
    byId: new Map(items.map((one) => [one.id, one])),
    ...clockOf(items, raw.asOf),
  };
}

let ranks = 0;

function item(type, record) {
  const event = record.when ? record.when.map(dayOf) : null;
  const tellings = record.tellings?.map((one) => ({
    ...one,
    event: one.when?.map(dayOf) ?? null,
    report: dayOf(one.source.published),
  }));
  const report = firstOf((tellings ?? [record]).map((one) => dayOf(one.source.published)));
  const refs = [
    ...(record.from ?? []),
    ...(record.via ?? []),
    ...(record.to ?? []),
    ...(record.places ?? []),
    ...(record.about ?? []),
  ];
  const legs = (record.route?.legs ?? []).map((leg) => ({ ...leg, ...decode(leg.line) }));
  const shape = record.rings || record.lines ? shapeOf(record) : null;
  const claims = (tellings ?? [record]).map((one) => one.source);
  const told = dayOf(record.source.published); // the day of the words that are quoted; `report` is when it was first known
  const text = [
    record.sentence,
    record.label,
    ...claims.flatMap((claim) => [claim.quote, claim.publisher, claim.by]),
    ...refs.map((ref) => ref.place?.name ?? ""),
  ];
  return {
    ...record,
    type,
    event,
    report,
    tellings,
    refs,
    legs,
    shape,
    claims,
    told,
    day: event ? event[0] : report,
    rank: ranks++,
    spots: (record.spots ?? []).map(([lon, lat]) => unit(lon, lat)),
    actor: record.actor ?? -1,
    status: record.status ?? null,
    text: folded(text.join(" ")),
  };
}

/** Return the first of some days, the unknown ones left out; null where none is known. */
function firstOf(days) {
  const known = days.filter((day) => day !== null);
  return known.length ? Math.min(...known) : null;
}

/** Return the regions an item names as an end; a country counts only where no line leaves or enters it. */
function regionIds({ refs, legs }, regions) {
  const ids = refs
    .map((ref) => ref.place?.id)
    .filter((id) => regions.has(id) && !(legs.length && regions.get(id).country));
  return [...new Set(ids)];
}

const polygonsOf = (rings) => (rings ?? []).map((polygon) => polygon.map((ring) => decode(ring)));

function shapeOf(record) {
  return {
    rings: polygonsOf(record.rings),
    possible: polygonsOf(record.possible),
    lines: (record.lines ?? []).map((line) => decode(line)),
  };
}

/** Return first and last day and the days on which something changes, for both readings of the clock. */
function clockOf(items, asOf) {
  const events = items.flatMap((one) => one.event ?? (one.report === null ? [] : [one.report]));
  const reports = items.flatMap((one) => (one.report === null ? [] : [one.report]));
  const all = [...events, ...reports];
  const end = dayOf(asOf);
  if (end !== null) all.push(end);
  if (!all.length) return { first: null, last: null, lastDay: null };
  return { first: Math.min(...all), last: Math.max(...all), lastDay: end ?? Math.max(...all) };
}
