// Lanes: lines that share a road lie side by side along the part they share, those that meet keep right.
import { distance } from "./shapes.js";

const GRID = 2 ** 24; // steps of the unit square, 2.4 m at the equator
const ABREAST = 5; // lanes; more lines are drawn closer together, with their number
const EASE = 28; // pixels along which a line moves from one lane to another
const MEET = 1; // lanes that the end of a line may lie beside its place

/**
 * Return for each leg that shares its way {shift, users}: of each of its segments the lane, in lane widths to the right
 * of its direction, and how many lines there are. Legs without company are left out.
 */
export function lanesOf(items) {
  const legs = items.flatMap((item, user) => item.legs.map((leg) => ({ leg, user })));
  const size = legs.reduce((sum, { leg }) => sum + segments(leg), 0);
  const { shift, users } = spread(edgesOf(legs, size), size);
  const lanes = new Map();
  let first = 0;
  for (const { leg } of legs) {
    const last = first + segments(leg);
    const own = { shift: shift.subarray(first, last), users: users.subarray(first, last) };
    if (own.users.some((number) => number > 1)) lanes.set(leg, own);
    first = last;
  }
  return lanes;
}

const segments = ({ xy }) => Math.max(0, xy.length / 2 - 1);

/** Return what uses which edge: chains of segments, newest first, one for each line and direction. */
function edgesOf(legs, size) {
  const ways = {
    user: new Int32Array(size),
    forward: new Uint8Array(size),
    twin: new Int32Array(size).fill(-1), // the segment that stands for it, where a line takes an edge twice
    next: new Int32Array(size).fill(-1), // the segment before it on its edge
    head: [], // of an edge: its newest segment
  };
  const find = edgeFinder(size);
  let at = 0;
  for (const { leg, user } of legs) {
    const { xy } = leg;
    for (let i = 2; i < xy.length; i += 2, at++) {
      const [ax, ay] = [Math.round(xy[i - 2] * GRID), Math.round(xy[i - 1] * GRID)];
      const [bx, by] = [Math.round(xy[i] * GRID), Math.round(xy[i + 1] * GRID)];
      const forward = ax < bx || (ax === bx && ay < by) ? 1 : 0;
      const edge = forward ? find(ax, ay, bx, by) : find(bx, by, ax, ay);
      ways.user[at] = user;
      ways.forward[at] = forward;
      ways.twin[at] = twinOf(ways, ways.head[edge] ?? -1, user, forward);
      if (ways.twin[at] >= 0) continue;
      ways.next[at] = ways.head[edge] ?? -1;
      ways.head[edge] = at;
    }
  }
  return ways;
}

/** Return a line's own segment of this direction among the newest of an edge, or -1. */
function twinOf({ next, user: users, forward: ways }, newest, user, forward) {
  for (let at = newest; at >= 0 && users[at] === user; at = next[at]) if (ways[at] === forward) return at;
  return -1;
}

/** Return the lane of every segment, and the number of lines there. */
function spread({ head, next, forward, twin }, size) {
  const shift = new Float32Array(size);
  const users = new Uint16Array(size);
  for (const newest of head) {
    if (next[newest] < 0) continue;
    const count = [0, 0];
    for (let at = newest; at >= 0; at = next[at]) count[forward[at]]++;
    const left = [...count];
    for (let at = newest; at >= 0; at = next[at]) {
      const way = forward[at];
      shift[at] = lane(--left[way], count[way], count[1 - way]);
      users[at] = count[0] + count[1];
    }
  }
  for (let at = 0; at < size; at++) if (twin[at] >= 0) [shift[at], users[at]] = [shift[twin[at]], users[twin[at]]];
  return { shift, users };
}

/** Return the lane of the `nth` of some lines along an edge, with others against them. */
function lane(nth, along, against) {
  const room = against ? ABREAST / 2 : ABREAST;
  const step = along > room ? (room - 1) / (along - 1) : 1;
  return against ? 0.5 + nth * step : (nth - (along - 1) / 2) * step;
}

/** Return a function that numbers edges by their ends: a hash table of whole numbers, open addressing. */
function edgeFinder(size) {
  let capacity = 16;
  while (capacity < size * 2) capacity *= 2;
  const table = new Int32Array(capacity).fill(-1);
  const ends = new Int32Array(size * 4);
  let edges = 0;
  return (ax, ay, bx, by) => {
    let slot = Math.imul(ax, 73856093) ^ Math.imul(ay, 19349663) ^ Math.imul(bx, 83492791) ^ Math.imul(by, 50331653);
    slot = (slot ^ (slot >>> 15)) & (capacity - 1);
    for (; table[slot] >= 0; slot = (slot + 1) & (capacity - 1)) {
      const at = table[slot] * 4;
      if (ends[at] === ax && ends[at + 1] === ay && ends[at + 2] === bx && ends[at + 3] === by) return table[slot];
    }
    ends.set([ax, ay, bx, by], edges * 4);
    table[slot] = edges;
    return edges++;
  };
}

/**
 * Return a line in pixels moved into its lanes, `width` pixels each; `shift` is as `lanesOf` gives it.
 *
 * `starts` and `ends` tell whether the line begins and ends at a place, which it then meets.
 */
export function laned(points, shift, width, { starts = true, ends = true } = {}) {
  if (!shift || points.length < 2) return points;
  const far = new Float64Array(points.length); // pixels from the start
  const sum = new Float64Array(points.length); // the lanes added up over these pixels
  for (let i = 1; i < points.length; i++) {
    const step = distance(points[i - 1], points[i]);
    far[i] = far[i - 1] + step;
    sum[i] = sum[i - 1] + step * (shift[i - 1] ?? shift[0]);
  }
  const stations = stationsOf(points, far, shift);
  const total = far.at(-1);
  const offset = (s) => {
    const mean = (sumAt(far, sum, s + EASE / 2) - sumAt(far, sum, s - EASE / 2)) / EASE;
    const room = MEET + Math.min(starts ? s : Infinity, ends ? total - s : Infinity) / EASE;
    return Math.max(-room, Math.min(room, mean)) * width;
  };
  return sideways(stations, offset);
}

/** Return the sum at a distance; before the start and beyond the end the lane goes on. */
function sumAt(far, sum, s) {
  let [low, high] = [0, far.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (far[middle] <= s) low = middle;
    else high = middle;
  }
  const length = far[high] - far[low];
  return length ? sum[low] + ((sum[high] - sum[low]) * (s - far[low])) / length : sum[low];
}

/** Return {x, y, s}: the points that can be told apart, and more round each change of lane and at the ends. */
function stationsOf(points, far, shift) {
  const total = far.at(-1);
  const extra = [EASE / 2, EASE, total - EASE, total - EASE / 2];
  for (let i = 1; i < points.length - 1; i++) {
    if (shift[i] !== shift[i - 1] && shift[i] !== undefined)
      for (const part of [-0.5, -0.25, 0, 0.25, 0.5]) extra.push(far[i] + part * EASE);
  }
  const wanted = extra.filter((s) => s > 0 && s < total).sort((a, b) => a - b);
  const found = [{ x: points[0][0], y: points[0][1], s: 0 }];
  let next = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const length = far[i] - far[i - 1];
    for (; next < wanted.length && wanted[next] < far[i]; next++) {
      const part = (wanted[next] - far[i - 1]) / length;
      found.push({ x: a[0] + (b[0] - a[0]) * part, y: a[1] + (b[1] - a[1]) * part, s: wanted[next] });
    }
    found.push({ x: b[0], y: b[1], s: far[i] });
  }
  return found.filter(({ s }, i) => !i || i === found.length - 1 || s - found[i - 1].s > 0.5);
}

/** Return stations as points moved to the right by what `offset` says of their distance, mitres capped. */
function sideways(stations, offset) {
  const normals = stations.slice(1).map((to, i) => {
    const from = stations[i];
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    return [(from.y - to.y) / length, (to.x - from.x) / length];
  });
  return stations.map(({ x, y, s }, i) => {
    const before = normals[Math.max(0, i - 1)];
    const after = normals[Math.min(normals.length - 1, i)];
    const both = [before[0] + after[0], before[1] + after[1]];
    const square = Math.max(1, both[0] * both[0] + both[1] * both[1]);
    const by = (2 * offset(s)) / square;
    return [x + both[0] * by, y + both[1] * by];
  });
}
