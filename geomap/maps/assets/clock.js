// What is told of which days, by either reading of the clock: when it happened, or when it was known.
import { dayOf } from "./text.js";

/** What the word "possibly" means beside an item. */
export const POSSIBLE = "Its report does not say on which of these days; it may have been outside the time chosen.";

const daysOrNull = (interval) => (interval ? interval.map(dayOf) : null);

/**
 * Return the days of a record: `event` from the earliest to the latest its words allow, `sure` those on which it surely
 * went on (null where it was on some day of them), `reports` the days it was told on, `known` what it was by each.
 */
export function momentsOf(record) {
  const event = daysOrNull(record.when);
  const tellings = record.tellings?.map((one) => ({
    ...one,
    event: daysOrNull(one.when),
    report: dayOf(one.source.published),
  }));
  const told = (tellings ?? [record]).map((one) => dayOf(one.source.published)).filter((day) => day !== null);
  const reports = [...new Set(told)].sort((a, b) => a - b);
  return {
    event,
    sure: event && event[0] === event[1] ? event : daysOrNull(record.sure),
    tellings,
    report: reports[0] ?? null,
    reports,
    known: record.known?.map((step) => ({ ...step, day: dayOf(step.day), item: null })),
  };
}

/** Return the days of an item on a clock, the earliest and the latest; null where it has none. */
export function intervalOf(item, clock) {
  if (clock === "event") return item.event;
  return item.report === null ? null : [item.report, item.report];
}

/** Return the day from which an item can be seen on a clock; Infinity where it has none, and is seen at any time. */
export const firstDay = (item, clock) => (clock === "event" ? item.event?.[0] : item.report) ?? Infinity;

/** Return what an item takes of the time bar, {from, to, sure} in days: its event, or each report of it. */
export function spansOf(item, clock) {
  if (clock === "report") return item.reports.map((day) => ({ from: day, to: day, sure: [day, day] }));
  return item.event ? [{ from: item.event[0], to: item.event[1], sure: item.sure }] : [];
}

/** Whether the time chosen lets an item be seen; what has no date on the clock in use is seen at any time. */
export function inTime(item, state) {
  if (state.mode === "all" || state.t === null) return true;
  const asOf = state.mode === "asof";
  if (state.clock === "report")
    return !item.reports.length || item.reports.some((day) => day <= state.t && (asOf || day >= state.from));
  return !item.event || (item.event[0] <= state.t && (asOf || item.event[1] >= state.from));
}

/** Whether an item is seen although it may have been outside the time chosen: its report does not say on which day. */
function isPossible(item, { mode, clock, t, from }) {
  if (mode === "all" || t === null || clock === "report" || !item.event) return false;
  const since = mode === "asof" ? -Infinity : from;
  const [earliest, latest] = item.event;
  if (earliest >= since && latest <= t) return false;
  return !(item.sure && item.sure[0] <= t && item.sure[1] >= since);
}

/**
 * Return an item as it is to be shown: by report time as the reports up to the day tell it, and marked as only
 * `possible` where the time may have been before it. It stands for the item it was made of, its `base`.
 */
export function asKnown(item, state) {
  const base = item.base ?? item;
  const step =
    base.known && state.clock === "report" && state.mode !== "all"
      ? base.known.findLast(({ day }) => day <= state.t)
      : null;
  const known = step ? (step.item ??= { ...knownBy(base, step), base }) : base;
  return isPossible(known, state) ? (known.possibly ??= { ...known, base, possible: true }) : known;
}

function knownBy(item, { day, by, item: _, ...told }) {
  const tellings = item.tellings.filter((one) => one.report !== null && one.report <= day);
  const event = "when" in told ? daysOrNull(told.when) : item.event;
  return {
    ...item,
    ...told,
    event,
    tellings: tellings.length > 1 ? tellings : undefined,
    claims: tellings.map((one) => one.source),
    source: item.tellings[by]?.source ?? item.source,
    told: item.tellings[by]?.report ?? item.told,
  };
}

/** Return the days on which something begins, or becomes known by one more report, in order, and how much by day. */
export function changesOf(items, clock) {
  const numbers = new Map();
  const add = (day) => numbers.set(day, (numbers.get(day) ?? 0) + 1);
  for (const item of items) {
    if (clock === "report") item.reports.forEach(add);
    else if (item.event) add(item.event[0]);
  }
  return { days: [...numbers.keys()].sort((a, b) => a - b), numbers };
}

/** Return first and last day of all that is told, and the day the map opens on; null where nothing has a date. */
export function clockOf(items, asOf) {
  const end = dayOf(asOf);
  let [first, last] = end === null ? [Infinity, -Infinity] : [end, end];
  for (const { event, reports } of items) {
    for (const day of [...(event ?? []), ...reports]) {
      if (day < first) first = day;
      if (day > last) last = day;
    }
  }
  return first > last ? { first: null, last: null, lastDay: null } : { first, last, lastDay: end ?? last };
}

/** Return the time an address asks for, within what is told; what it does not say, or says wrongly, is as at first. */
export function timeFrom(given, { first, last, lastDay }) {
  const within = (iso) => (dayOf(iso) === null ? null : Math.max(first, Math.min(last, dayOf(iso))));
  const clock = given.get("c") === "report" ? "report" : "event";
  if (first === null || given.get("t") === "all")
    return { clock, mode: first === null ? "asof" : "all", t: lastDay, from: first };
  const t = within(given.get("t")) ?? lastDay;
  const from = within(given.get("w"));
  if (from === null) return { clock, mode: "asof", t, from: first };
  return { clock, mode: "window", t: Math.max(from, t), from: Math.min(from, t) };
}
