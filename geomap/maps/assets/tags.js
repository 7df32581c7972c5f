// Tags on lines: whose they are, and "schematic" where a line means nothing.
import { font } from "./canvas.js";
import { haloText, sideBox } from "./labels.js";

const APART = 90; // pixels within which the same tag is not written again

/** Tag the movements near the middle of their lines; `hits` hold the points they are drawn along. */
export function tagMovements(view, items, { palette, actors, boxes, hits }) {
  const points = new Map(hits.filter((hit) => hit?.points).map((hit) => [hit.item, hit.points]));
  const tags = [];
  for (const item of items) tagMovement(view, item, { points: points.get(item) ?? [], palette, actors, boxes, tags });
}

function tagMovement(view, item, { points, palette, actors, boxes, tags }) {
  if (points.length < 2 || item.actor < 0) return;
  const schematic = item.legs.length && item.legs.every((leg) => leg.how === "schematic");
  const text = actors[item.actor].tag + (schematic ? " · schematic" : "");
  const { ctx } = view;
  ctx.font = font(11, 700);
  const width = ctx.measureText(text).width;
  for (const part of [0.5, 0.35, 0.65, 0.25, 0.75]) {
    const [x, y] = points[Math.round((points.length - 1) * part)];
    const side = sideBox(boxes, [x, y], [width, 12], 8, view.visible);
    if (tags.some((tag) => tag.text === text && Math.hypot(tag.x - x, tag.y - y) < APART)) return;
    if (!side || x < 0 || y < 0) continue;
    tags.push({ text, x, y });
    boxes.take(side.box);
    haloText(ctx, text, side.left, side.top + 6, {
      size: 11,
      weight: 700,
      fill: palette.words(item),
      halo: palette.of("halo"),
    });
    return;
  }
}
