// Tags on lines: whose they are, "schematic" where a line means nothing, and how many where too many share a road.
import { font } from "./canvas.js";
import { actorMark } from "./emblems.js";
import { haloText, sideBox } from "./labels.js";
import { along, lengthOf } from "./shapes.js";

const APART = 110; // pixels within which the same tag is not written again
const AGAIN = 420; // pixels after which a line is tagged again
const SHORT = 34; // pixels; shorter lines have no room for a tag
const ABREAST_MOST = 5; // lines on a road that can be told apart without a number

/** Tag the movements along their lines; `hits` hold the points they are drawn along. */
export function tagMovements(view, items, { palette, actors, boxes, hits, lanes }) {
  const points = new Map(hits.filter((hit) => hit?.points).map((hit) => [hit.item, hit.points]));
  const tags = [];
  const room = { boxes, tags, palette };
  for (const item of items) tagMovement(view, item, { ...room, actors, points: points.get(item) ?? [] });
  for (const item of items) countLines(view, item, { ...room, lanes, points: points.get(item) ?? [] });
}

/** Write a movement's tag at its middle, and again and again along a long line. */
function tagMovement(view, item, { points, palette, actors, boxes, tags }) {
  if (points.length < 2 || item.actor < 0) return;
  const schematic = item.legs.length && item.legs.every((leg) => leg.how === "schematic");
  const text = actors[item.actor].tag + (schematic ? " · schematic" : "");
  const length = lengthOf(points);
  if (item.legs.length && length < SHORT) return;
  const times = Math.max(1, Math.floor(length / AGAIN));
  for (let nth = 0; nth < times; nth++) {
    const middle = (length * (nth + 0.5)) / times;
    const look = { text, actor: item.actor, fill: palette.words(item), struck: item.status === "denied" };
    writeNear(view, points, middle, length / times / 2, { look, palette, boxes, tags });
  }
}

/** Write a tag at the first free spot that can be seen, from a distance along the line outwards. */
function writeNear(view, points, middle, reach, { look, palette, boxes, tags }) {
  const { ctx, visible } = view;
  ctx.font = font(11, 700);
  const emblem = look.actor === undefined ? 0 : 12;
  const width = ctx.measureText(look.text).width + emblem;
  for (const part of [0, -0.2, 0.2, -0.4, 0.4, -0.6, 0.6, -0.8, 0.8]) {
    const [at = { x: points[0][0], y: points[0][1] }] = along(points, Infinity, middle + part * reach);
    const { x, y } = at;
    if (x < visible[0] || x > visible[2] || y < visible[1] || y > visible[3]) continue;
    if (tags.some((tag) => tag.kind === (look.kind ?? look.text) && Math.hypot(tag.x - x, tag.y - y) < APART)) return;
    const side = sideBox(boxes, [x, y], [width, 12], 8, visible);
    if (!side) continue;
    tags.push({ kind: look.kind ?? look.text, x, y });
    boxes.take(side.box);
    write(ctx, side, { ...look, emblem, width, halo: palette.of("halo") });
    return;
  }
}

function write(ctx, { left, top }, { text, actor, emblem, width, fill, struck, halo }) {
  if (emblem) actorMark(ctx, actor, { x: left + 4.5, y: top + 6, colour: fill, halo });
  haloText(ctx, text, left + emblem, top + 6, { size: 11, weight: 700, fill, halo });
  if (!struck) return;
  ctx.beginPath();
  ctx.moveTo(left + emblem - 1, top + 6);
  ctx.lineTo(left + width + 1, top + 6);
  ctx.strokeStyle = fill;
  ctx.lineWidth = 1.4;
  ctx.stroke();
}

/** Say how many lines share a road where they are too many to be told apart. */
function countLines(view, item, { lanes, points, palette, boxes, tags }) {
  if (points.length < 2) return;
  let [most, middle, done] = [ABREAST_MOST, 0, 0]; // pixels along the line
  for (const leg of item.legs) {
    const { users = [] } = lanes.get(leg) ?? {};
    for (let i = 0; i < leg.xy.length / 2 - 1; i++) {
      const step = Math.hypot(leg.xy[2 * i + 2] - leg.xy[2 * i], leg.xy[2 * i + 3] - leg.xy[2 * i + 1]) * view.scale;
      if (users[i] > most) [most, middle] = [users[i], done + step / 2];
      done += step;
    }
  }
  if (most === ABREAST_MOST) return;
  const look = { text: `${most} lines`, fill: palette.of("secondary"), kind: "count" };
  writeNear(view, points, middle, 80, { look, palette, boxes, tags });
}
