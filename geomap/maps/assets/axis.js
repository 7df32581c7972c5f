// The scale of days: straight, but broken where long empty years would squeeze the rest; ticks by the calendar.
import { MONTHS, dayText } from "./text.js";

const BREAK = 26; // pixels that stand for the years left out
const MOST_BREAKS = 3;
const FINE = 330; // cells of an axis; days that share one cannot be told apart
const LEAST_GAP = 90; // days
const NARROWEST = 48; // pixels of a stretch between two breaks
const MONDAY = 4; // 5 January 1970

const yearOf = (day) => new Date(day * 864e5).getUTCFullYear();

/** Return the day number of a date; months count on over the end of the year. */
function dayNumber(year, month = 0) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return Math.round(date / 864e5);
}

/**
 * Return the stretches of days an axis shows, [first, last] each, in order. There is more than one only where, on a
 * straight axis, most days on which something is told would fall together, and leaving empty times out mends it.
 */
export function stretchesOf(intervals, first, last) {
  const ends = new Map(); // by the day on which something begins, the last day of it
  for (const [start, end] of intervals) if (!(ends.get(start) >= end)) ends.set(start, end);
  const starts = [...ends.keys()].sort((a, b) => a - b);
  const cells = new Set(starts.map((day) => Math.floor(((day - first) / (last - first + 1)) * FINE)));
  if (cells.size >= starts.length / 2) return [[first, last]];
  return around(broken(gapsOf(starts, ends), last - first + 1), first, last);
}

function gapsOf(starts, ends) {
  const gaps = [];
  let until = starts[0];
  for (const start of starts) {
    if (start - until > LEAST_GAP) gaps.push([until + 1, start - 1]);
    until = Math.max(until, ends.get(start));
  }
  return gaps.sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
}

/** Return the gaps, longest first, that are to be left out: together most of what is shown, again and again. */
function broken(gaps, days) {
  let [left, taken, sum] = [days, 0, 0];
  for (let i = 0; i < Math.min(gaps.length, MOST_BREAKS); i++) {
    sum += gaps[i][1] - gaps[i][0] + 1;
    if (sum <= 0.6 * left) continue;
    left -= sum;
    [taken, sum] = [i + 1, 0];
  }
  const margin = 1 + Math.ceil(left * 0.04);
  return gaps
    .slice(0, taken)
    .map(([from, to]) => [from + margin, to - margin])
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0]);
}

function around(gaps, first, last) {
  const stretches = [];
  let from = first;
  for (const gap of gaps) {
    stretches.push([from, gap[0] - 1]);
    from = gap[1] + 1;
  }
  return [...stretches, [from, last]];
}

/** Return where days lie between two x, in pixels, and back; a day is a cell, so its end is x(day + 1). */
export function makeScale(stretches, left, right) {
  const room = right - left - BREAK * (stretches.length - 1);
  const widths = widthsOf(
    stretches.map(([from, to]) => to - from + 1),
    room,
  );
  let at = left;
  const parts = stretches.map(([from, to], i) => {
    const part = { from, end: to + 1, x0: at, x1: at + widths[i], perDay: widths[i] / (to + 1 - from) };
    at = part.x1 + BREAK;
    return part;
  });

  function x(day) {
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (day < part.from) return i ? part.x0 - BREAK / 2 : part.x0;
      if (day <= part.end) return part.x0 + (day - part.from) * part.perDay;
    }
    return parts.at(-1).x1;
  }

  /** Return the day, with its part gone by, at an x; in a break the edge that is nearer. */
  function dayAt(px) {
    const part = parts.find(({ x1 }) => px < x1 + BREAK / 2) ?? parts.at(-1);
    return part.from + (Math.max(part.x0, Math.min(part.x1, px)) - part.x0) / part.perDay;
  }

  return { x, dayAt, parts, left, right };
}

/** Share room among stretches by their days, none narrower than can be pointed at. */
function widthsOf(days, room) {
  const total = days.reduce((sum, one) => sum + one, 0);
  const least = Math.min(NARROWEST, room / days.length);
  const small = days.map((one) => (one / total) * room < least);
  const rest = days.reduce((sum, one, i) => sum + (small[i] ? 0 : one), 0);
  const free = room - least * small.filter(Boolean).length;
  return days.map((one, i) => (small[i] ? least : (one / rest) * free));
}

const UNITS = [
  ...[1, 2].map((n) => ({ days: n, from: 0, name: "day" })),
  ...[7, 14].map((n) => ({ days: n, from: MONDAY, name: "day" })),
  ...[1, 3, 6].map((n) => ({ months: n, days: 30.4 * n, name: "month" })),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map((n) => ({ months: 12 * n, days: 365.2 * n, name: "year" })),
];

/** Return the unit of the calendar whose steps are at least so many pixels wide. */
export function unitFor(perDay, pixels) {
  return UNITS.find(({ days }) => days * perDay >= pixels) ?? UNITS.at(-1);
}

/** Yield the days on which a unit begins, from the last one up to `from` on, until `end`. */
export function* beginningsOf(unit, from, end) {
  if (!unit.months) {
    const start = Math.floor((from - unit.from) / unit.days) * unit.days + unit.from;
    for (let day = start; day < end; day += unit.days) yield day;
    return;
  }
  const date = new Date(from * 864e5);
  const start = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / unit.months) * unit.months;
  for (let month = start; ; month += unit.months) {
    const day = dayNumber(Math.floor(month / 12), month % 12);
    if (day >= end) return;
    yield day;
  }
}

const ROOM = { day: 62, month: 58, year: 44 }; // pixels that a label of each unit takes

/** Return the ticks of an axis, {day, text} in order; the year is said where it is new. */
export function ticksOf(scale) {
  return scale.parts.flatMap((part) => {
    const finest = unitFor(part.perDay, ROOM.day);
    const unit =
      finest.name === "day" ? finest : unitFor(part.perDay, finest.name === "month" ? ROOM.month : ROOM.year);
    const days = [...beginningsOf(unit, part.from, part.end)].filter((day) => day >= part.from);
    const ticks = days.map((day, i) => ({ day, text: labelOf(day, unit, i ? days[i - 1] : null) }));
    const whole = yearOf(part.from) === yearOf(part.end - 1) && part.x1 - part.x0 < 90;
    return ticks.length && !whole
      ? ticks
      : [{ day: part.from, text: whole && part.end - part.from > 1 ? `${yearOf(part.from)}` : dayText(part.from) }];
  });
}

function labelOf(day, { name }, before) {
  const date = new Date(day * 864e5);
  const [month, year] = [MONTHS[date.getUTCMonth()], date.getUTCFullYear()];
  if (name === "year") return `${year}`;
  const newYear = before === null || yearOf(before) !== year;
  const short = name === "day" ? `${date.getUTCDate()} ${month}` : month;
  return newYear ? `${short} ${year}` : short;
}
