// The drawing of the time bar: a lane for each actor, the reports behind them, the scale below.
import { beginningsOf, ticksOf, unitFor } from "./axis.js";
import { spansOf } from "./clock.js";
import { dayOf } from "./text.js";

const MOST_LANES = 8;
const SCALE_HIGH = 16; // pixels of the scale below the lanes
const SOFT = 16; // pixels over which a bar fades where no day of it is sure
const PALE = 0.5; // strength of such a bar
const LEAST = 4; // pixels of the shortest bar
const CELL = 6; // pixels of a day from which the bar of one day is kept clear of the next
const BIN = 5; // pixels, the least width of a bar of reports

/** Return the lanes: one for each actor with items, those with the fewest in a last one where there are too many. */
export function lanesOfActors(items, actors) {
  const numbers = new Map();
  for (const { actor } of items) numbers.set(actor, (numbers.get(actor) ?? 0) + 1);
  const ranked = [...numbers.keys()].sort((a, b) => numbers.get(b) - numbers.get(a) || a - b);
  const own = ranked.length > MOST_LANES ? ranked.slice(0, MOST_LANES - 1) : ranked;
  const order = [...own].sort((a, b) => (a < 0) - (b < 0) || a - b); // whom no report names comes last
  const lanes = order.map((actor) =>
    actor < 0 ? { actor, tag: "?", name: "not named" } : { actor, ...actors[actor] },
  );
  const others = ranked.length - own.length;
  if (others) lanes.push({ actor: -1, tag: `+${others}`, name: `${others} others` });
  const place = new Map(order.map((actor, i) => [actor, i]));
  return { lanes, laneOf: (item) => place.get(item.actor) ?? lanes.length - 1 };
}

/** Return by day how many different reports that tell of some items came out on it. */
export function reportDays(items) {
  const counted = new Set();
  const found = new Map();
  for (const { claims } of items) {
    for (const { published, report } of claims) {
      if (!published || counted.has(report)) continue;
      counted.add(report);
      found.set(published, (found.get(published) ?? 0) + 1);
    }
  }
  return new Map([...found].map(([iso, number]) => [dayOf(iso), number]));
}

/** Return reports in bins of a day, a week, a month … each at least some pixels wide: {from, end, number} in order. */
export function binsOf(days, scale) {
  const bins = scale.parts.flatMap((part) => {
    const starts = [...beginningsOf(unitFor(part.perDay, BIN), part.from, part.end)];
    return starts.map((from, i) => ({
      from: Math.max(from, part.from),
      end: Math.min(starts[i + 1] ?? part.end, part.end),
      number: 0,
    }));
  });
  for (const [day, number] of days) {
    let [low, high] = [0, bins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bins[middle].from <= day) low = middle;
      else high = middle - 1;
    }
    bins[low].number += number;
  }
  return bins.filter(({ number }) => number);
}

/**
 * Return for each lane how many items are in each column of pixels for sure, and how strongly others may be.
 *
 * Every bar adds to differences at its ends only, so that the work does not depend on how long bars are.
 */
function coverage(items, { laneOf, lanes }, scale, clock) {
  const columns = Math.ceil(scale.right - scale.left) + 1;
  const found = lanes.map(() => ({
    sure: new Int32Array(columns + 1),
    step: new Float64Array(columns + 1),
    slope: new Float64Array(columns + 1),
  }));
  for (const item of items) {
    for (const span of spansOf(item, clock)) {
      const lane = found[laneOf(item)];
      const [a, d] = cells(span.from, span.to, scale, columns);
      if (!span.sure) {
        const soft = Math.min(SOFT, (d - a) >> 1);
        hill(lane, [a, a + soft, d - soft, d], PALE);
        continue;
      }
      const [b, c] = cells(span.sure[0], span.sure[1], scale, columns);
      lane.sure[b]++;
      lane.sure[c]--;
      if (a < b || c < d) hill(lane, [Math.min(a, b), b, c, Math.max(c, d)], 1);
    }
  }
  return found;
}

/** Return the first column of some days and the one after their last. */
function cells(from, to, scale, columns) {
  const [x0, x1] = [scale.x(from), scale.x(to + 1)];
  const clear = (x1 - x0) / (to + 1 - from) >= CELL ? 1 : 0;
  const start = Math.max(0, Math.min(columns - LEAST, Math.round(x0 - scale.left)));
  return [start, Math.min(columns, Math.max(start + LEAST, Math.round(x1 - scale.left) - clear))];
}

/** Add a bar that rises from a to b, stays until c and is gone at d. */
function hill({ step, slope }, [a, b, c, d], height) {
  for (const [from, to, by] of [
    [a, b, height],
    [c, d, -height],
  ]) {
    if (to > from) {
      slope[from] += by / (to - from);
      slope[to] -= by / (to - from);
    } else step[from] += by;
  }
}

/** Paint the lanes, and return where things lie: {top, pitch, base, lanes, bins}. */
export function paintTimeline(ctx, { width, height, scale, palette, items, clock, lanes }) {
  const base = height - SCALE_HIGH;
  const pitch = Math.min(18, (base - 3) / Math.max(1, lanes.lanes.length));
  const top = base - 1 - pitch * lanes.lanes.length;
  const bins = binsOf(reportDays(items), scale);
  ctx.clearRect(0, 0, width, height);
  paintBins(ctx, bins, { scale, palette, base });
  for (const [i, cover] of coverage(items, lanes, scale, clock).entries()) {
    ctx.fillStyle = palette.actor(lanes.lanes[i].actor);
    paintLane(ctx, cover, { left: scale.left, bottom: top + pitch * (i + 1) - (pitch > 8 ? 1.5 : 0.75), pitch });
  }
  ctx.globalAlpha = 1;
  paintTags(ctx, lanes.lanes, { top, pitch, palette, left: scale.left });
  paintScaleOf(ctx, scale, { base, width, palette });
  return { top, pitch, base, bins, ...lanes };
}

function paintBins(ctx, bins, { scale, palette, base }) {
  const most = bins.reduce((sum, { number }) => Math.max(sum, number), 1);
  ctx.fillStyle = palette.of("admin");
  ctx.globalAlpha = palette.dark() ? 1 : 0.55;
  for (const { from, end, number } of bins) {
    const [x0, x1] = [scale.x(from), scale.x(end)];
    const tall = Math.max(3, (base - 3) * Math.sqrt(number / most));
    ctx.fillRect(x0, base - tall, Math.max(1, x1 - x0 - 1), tall);
  }
  ctx.globalAlpha = 1;
}

/** Paint one lane in runs of columns that look alike: higher where more goes on, paler where it is less sure. */
function paintLane(ctx, { sure, step, slope }, { left, bottom, pitch }) {
  const tall = pitch - (pitch > 8 ? 3 : 1.5);
  const columns = [];
  let [certain, level, rise, most] = [0, 0, 0, 1];
  for (let i = 0; i < sure.length; i++) {
    certain += sure[i];
    level += step[i] + rise;
    rise += slope[i];
    const number = certain + Math.ceil(level - 0.01);
    most = Math.max(most, number);
    columns.push({ number, alpha: certain ? 1 : Math.round(16 * Math.min(0.7, level)) / 16 });
  }
  const height = (number) => (most === 1 ? tall : tall * (0.5 + (0.5 * (number - 1)) / (most - 1)));
  for (let i = 0, from = 0; i < columns.length; i++) {
    const next = columns[i + 1];
    const { number, alpha } = columns[i];
    if (next && next.number === number && next.alpha === alpha) continue;
    ctx.globalAlpha = alpha;
    if (alpha > 0) ctx.fillRect(left + from, bottom - height(number), i + 1 - from, height(number));
    from = i + 1;
  }
}

/** Write whose lane is whose at its left; in two columns where the lanes are narrower than the letters. */
function paintTags(ctx, lanes, { top, pitch, palette, left }) {
  if (left < 24) return;
  const columns = pitch < 10 && lanes.length > 1 ? 2 : 1;
  ctx.font = `700 ${Math.min(11, Math.max(9, columns * pitch - 1))}px system-ui, sans-serif`;
  ctx.textBaseline = "middle";
  for (const [i, lane] of lanes.entries()) {
    ctx.fillStyle = palette.actorWords(lane.actor);
    ctx.fillText(lane.tag, (i % columns) * (left / 2), top + pitch * (i + 0.5), left / columns - 3);
  }
  ctx.textBaseline = "alphabetic";
}

function paintScaleOf(ctx, scale, { base, width, palette }) {
  ctx.font = "11px system-ui, sans-serif";
  for (const [i, { x0, x1 }] of scale.parts.entries()) {
    ctx.fillStyle = palette.of("border");
    ctx.fillRect(x0, base, x1 - x0, 1);
    if (i) paintBreak(ctx, (scale.parts[i - 1].x1 + x0) / 2, base, palette);
  }
  let free = 0;
  for (const { day, text } of ticksOf(scale)) {
    const [at, wide] = [scale.x(day), ctx.measureText(text).width];
    ctx.fillStyle = palette.of("border");
    ctx.fillRect(at, base, 1, 5);
    ctx.fillStyle = palette.of("secondary");
    if (at < free || at + wide + 3 > width) continue;
    ctx.fillText(text, at + 4, base + 13);
    free = at + wide + 14;
  }
}

/** Two slanted strokes: years are left out here. */
function paintBreak(ctx, x, base, palette) {
  ctx.strokeStyle = palette.of("border");
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const shift of [-3, 3]) {
    ctx.moveTo(x + shift - 2, base + 5);
    ctx.lineTo(x + shift + 2, base - 4);
  }
  ctx.stroke();
}
