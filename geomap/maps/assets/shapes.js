// Geometry on the screen, in pixels: moving lines sideways, walking along them, bending arcs.

export const distance = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);

export function lengthOf(points) {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += distance(points[i - 1], points[i]);
  return sum;
}

/** Return the line without points nearer than `least` pixels to the one before; ends are kept. */
export function thinned(points, least = 1.2) {
  const kept = [points[0]];
  for (let i = 1; i < points.length - 1; i++) if (distance(kept.at(-1), points[i]) >= least) kept.push(points[i]);
  if (points.length > 1) kept.push(points.at(-1));
  return kept;
}

/** Return the line moved `by` pixels to the right of its direction, mitres capped. */
export function moved(points, by) {
  if (!by || points.length < 2) return points;
  const normals = [];
  for (let i = 1; i < points.length; i++) {
    const length = distance(points[i - 1], points[i]) || 1;
    normals.push([-(points[i][1] - points[i - 1][1]) / length, (points[i][0] - points[i - 1][0]) / length]);
  }
  return points.map(([x, y], i) => {
    const before = normals[Math.max(0, i - 1)];
    const after = normals[Math.min(normals.length - 1, i)];
    const sum = [before[0] + after[0], before[1] + after[1]];
    const square = Math.max(1, sum[0] * sum[0] + sum[1] * sum[1]);
    return [x + (sum[0] * 2 * by) / square, y + (sum[1] * 2 * by) / square];
  });
}

/** Return {x, y, angle} every `step` pixels along the line, first at `start`. */
export function along(points, step, start = step / 2, stop = 0) {
  const found = [];
  const end = lengthOf(points) - stop;
  let next = start;
  let done = 0;
  for (let i = 1; i < points.length && next <= end; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const length = distance(a, b);
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
    while (next <= done + length && next <= end && length) {
      const part = (next - done) / length;
      found.push({ x: a[0] + (b[0] - a[0]) * part, y: a[1] + (b[1] - a[1]) * part, angle });
      next += step;
    }
    done += length;
  }
  return found;
}

/** Return the line cut `by` pixels before its end, and the direction it ends in. */
export function shortened(points, by) {
  const kept = points.slice();
  let left = by;
  const angle = endAngle(points, Math.max(by, 6));
  while (kept.length > 1) {
    const [a, b] = [kept.at(-2), kept.at(-1)];
    const length = distance(a, b);
    if (length > left) {
      const part = (length - left) / length;
      kept[kept.length - 1] = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
      return { points: kept, angle };
    }
    left -= length;
    kept.pop();
  }
  return { points, angle };
}

/** Return the direction of the last `over` pixels, so that a last short bend does not turn the head. */
export function endAngle(points, over) {
  const end = points.at(-1);
  for (let i = points.length - 2; i >= 0; i--) {
    if (distance(points[i], end) >= over || i === 0) return Math.atan2(end[1] - points[i][1], end[0] - points[i][0]);
  }
  return 0;
}

/** Return a smooth bend between two points, never mistaken for a road. */
export function arc(a, b, bulge = 0.14) {
  const middle = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * bulge * 2, (a[1] + b[1]) / 2 - (b[0] - a[0]) * bulge * 2];
  return Array.from({ length: 33 }, (_, i) => {
    const t = i / 32;
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    return [p * a[0] + q * middle[0] + r * b[0], p * a[1] + q * middle[1] + r * b[1]];
  });
}

/** Return the distance in pixels of a point to a line. */
export function nearness(points, x, y) {
  let best = Infinity;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy));
  }
  return best;
}

/** Give each movement a lane where it shares a line with others: {id: [lane, lanes, both ways]}. */
export function lanesOf(items) {
  const users = new Map();
  for (const item of items) {
    for (const leg of item.legs) {
      for (let i = 2; i < leg.xy.length; i += 2) {
        const a = `${leg.xy[i - 2].toFixed(6)},${leg.xy[i - 1].toFixed(6)}`;
        const b = `${leg.xy[i].toFixed(6)},${leg.xy[i + 1].toFixed(6)}`;
        const key = a < b ? `${a} ${b}` : `${b} ${a}`;
        if (!users.has(key)) users.set(key, new Map());
        users.get(key).set(item.id, a < b);
      }
    }
  }
  const [same, opposite] = [new Map(), new Set()];
  for (const group of users.values()) {
    for (const [one, forward] of group) {
      for (const [other, way] of group) {
        if (one === other) continue;
        if (way !== forward) opposite.add(one);
        else if (!same.has(one)) same.set(one, new Set([other]));
        else same.get(one).add(other);
      }
    }
  }
  const lanes = new Map();
  for (const { id } of items) {
    const taken = new Set([...(same.get(id) ?? [])].map((other) => lanes.get(other)));
    let lane = 0;
    while (taken.has(lane)) lane++;
    lanes.set(id, lane);
  }
  return new Map(
    items.map(({ id }) => {
      const lane = lanes.get(id);
      const centre = Math.max(lane, ...[...(same.get(id) ?? [])].map((other) => lanes.get(other))) / 2;
      return [id, opposite.has(id) ? lane + 0.5 : lane - centre];
    }),
  );
}
