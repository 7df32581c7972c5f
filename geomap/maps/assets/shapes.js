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

/** Return the part of a line from one distance in pixels to another. */
export function between(points, from, until) {
  const found = [];
  let done = 0;
  const at = (a, b, part) => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
  for (let i = 1; i < points.length && done < until; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const length = distance(a, b);
    if (length && done + length > from) {
      if (!found.length) found.push(at(a, b, Math.max(0, from - done) / length));
      found.push(at(a, b, Math.min(1, (until - done) / length)));
    }
    done += length;
  }
  return found;
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
