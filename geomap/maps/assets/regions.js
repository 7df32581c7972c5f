// Regions and countries that are all a report says of where: hatched, never a spot.
import { inside, labelAt, polygonPath } from "./areas.js";
import { joinedBox } from "./boxes.js";
import { hatch } from "./strokes.js";

const GAP = 18; // twice an area's, so that the two hatches fall together

/** Return what to hatch: regions always, countries only with an item chosen or pointed at in the list. */
export function regionsOf(items, { regions, selected, hinted, palette }) {
  const found = new Map();
  for (const item of items) {
    for (const id of item.regions) {
      const region = regions.get(id);
      const strength = item.id === selected ? 2 : item.id === hinted ? 1 : 0;
      if (region.country && !strength) continue;
      const before = found.get(id);
      const colour = palette.item(item);
      if (!before || strength > before.strength)
        found.set(id, { region, strength, colour, items: [...(before?.items ?? []), item] });
      else {
        before.items.push(item);
        if (strength === before.strength && colour !== before.colour) before.colour = palette.of("denied"); // several actors
      }
    }
  }
  return [...found.values()];
}

export function paintRegion(view, { region, strength, colour }) {
  const { ctx } = view;
  const path = polygonPath(view, region.rings);
  ctx.save();
  ctx.fillStyle = hatch(ctx, colour, { gap: GAP });
  ctx.globalAlpha = [0.16, 0.3, 0.5][strength];
  ctx.fill(path, "evenodd");
  if (strength || region.narrow) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.4;
    ctx.setLineDash([2, 4]);
    ctx.globalAlpha = strength === 2 ? 0.9 : 0.5;
    ctx.stroke(path);
  }
  ctx.restore();
}

/** Name a region; its name can be clicked, its inside not: it covers too much. */
export function labelRegion(view, { region, colour, items }, palette, boxes) {
  const fill = palette.near(colour);
  const box = labelAt(view, [`reported only as: ${region.name}`], inside(view, region), { fill, palette, boxes });
  if (!box) return [];
  const near = (x, y) => (x > box[0] && x < box[2] && y > box[1] && y < box[3] ? 7 : Infinity);
  return items.map((item) => ({ item, near }));
}

/** Return a small picture of the outlines for a card. */
export function regionPicture(regions, colour, node) {
  const boxes = regions.flatMap((region) => region.rings.map(([{ box }]) => box));
  const [w, n, e, s] = joinedBox(boxes);
  const [width, height] = [node.width / 2, node.height / 2];
  const scale = Math.min((width - 6) / (e - w), (height - 6) / (s - n));
  const ctx = node.getContext("2d");
  ctx.scale(2, 2);
  const view = {
    scale,
    x: w * scale - (width - (e - w) * scale) / 2,
    y: n * scale - (height - (s - n) * scale) / 2,
    width,
    height,
  };
  const path = new Path2D();
  for (const region of regions) path.addPath(polygonPath(view, region.rings));
  ctx.fillStyle = hatch(ctx, colour, { gap: 7, width: 1.2 });
  ctx.globalAlpha = 0.6;
  ctx.fill(path, "evenodd");
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke(path);
  return node;
}
