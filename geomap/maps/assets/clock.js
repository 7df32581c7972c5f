// What is told of which days, by either reading of the clock: when it happened, or when it was known.
import { dayOf } from "./text.js";

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

/** Whether the time chosen lets an item be seen; what has no date on the clock in use is seen at any time. */
export function inTime(item, state) {
  if (state.mode === "all" || state.t === null) return true;
  const asOf = state.mode === "asof";
  if (state.clock === "report")
    return !item.reports.length || item.reports.some((day) => day <= state.t && (asOf || day >= state.from));
  return !item.event || (item.event[0] <= state.t && (asOf || item.event[1] >= state.from));
}

/** Whether an item is seen although it may have been outside the time chosen: its report does not say on which day. */
export function isPossible(item, { mode, clock, t, from }) {
  if (mode === "all" || t === null || clock === "report" || !item.event) return false;
  const since = mode === "asof" ? -Infinity : from;
  const [earliest, latest] = item.event;
  if (earliest >= since && latest <= t) return false;
  return !(item.sure && item.sure[0] <= t && item.sure[1] >= since);
}

/** Return an item as the reports up to the day shown tell it: by event time, as all of them do. */
export function asKnown(item, { mode, clock, t }) {
  if (!item.known || clock === "event" || mode === "all") return item;
  const step = item.known.findLast(({ day }) => day <= t);
  return step ? (step.item ??= knownBy(item, step)) : item;
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

/** Return the days on which something begins, or becomes known, in order. */
export function changeDays(items, clock) {
  const days = new Set();
  for (const item of items) for (const day of beginnings(item, clock)) days.add(day);
  return [...days].sort((a, b) => a - b);
}

/** Return the days on which an item changes what is shown: its first, or each one it is told on. */
export function beginnings(item, clock) {
  if (clock === "report") return item.reports;
  return item.event ? [item.event[0]] : [];
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
