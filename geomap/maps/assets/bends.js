// Parts of roads that are drawn straight: where a road's data has no bends, the line must not look surveyed.
import { latOf } from "./data.js";

export const EARTH = 40075016.686; // circumference in metres at the equator of Web Mercator
const LONGEST = 25_000; // metres; hardly a road runs dead straight for longer
const known = new WeakMap();

/** Return of a leg along roads the shares [from, until] of its line that have no bend for 25 km or more. */
export function straightsOf(leg) {
  if (leg.how === "schematic") return [];
  if (!known.has(leg)) known.set(leg, find(leg));
  return known.get(leg);
}

/** Return how many metres of an item's line are drawn straight for want of bends. */
export function straightMetres(item) {
  const share = (leg) => straightsOf(leg).reduce((sum, [from, until]) => sum + until - from, 0);
  return item.legs.reduce((sum, leg) => sum + share(leg) * leg.m, 0);
}

function find({ xy }) {
  const found = [];
  const steps = [];
  let total = 0;
  for (let i = 2; i < xy.length; i += 2) {
    const step = Math.hypot(xy[i] - xy[i - 2], xy[i + 1] - xy[i - 1]);
    steps.push(step);
    total += step;
  }
  let done = 0;
  steps.forEach((step, i) => {
    const scale = EARTH * Math.cos((latOf((xy[2 * i + 1] + xy[2 * i + 3]) / 2) * Math.PI) / 180);
    if (step * scale >= LONGEST) found.push([done / total, (done + step) / total]);
    done += step;
  });
  return found;
}
