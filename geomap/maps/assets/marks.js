// Marks on the map: border crossings, and movements of which only one end is known.
import { toPixel, font } from "./canvas.js";
import { unit } from "./data.js";
import { haloText, sideBox } from "./labels.js";
import { chevron } from "./strokes.js";

/** Draw the places a movement comes to or leaves by an unknown way: marks on all sides, of no direction in particular. */
export function paintSpots(view, item, { palette, selected, boxes, crowd }) {
  const { ctx } = view;
  return item.spots.map((spot) => {
    const [x, y] = toPixel(view, ...spot);
    const rings = crowd.get(`${spot}`) ?? [];
    crowd.set(`${spot}`, rings);
    const look = `${palette.item(item)} ${item.arrives}`;
    if (!rings.includes(look)) rings.push(look);
    const reach = 13 + 10 * rings.indexOf(look); // one ring outside the other where several actors come to one place
    ctx.save();
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    for (const turn of [0, 1, 2, 3]) {
      const angle = Math.PI / 4 + (turn * Math.PI) / 2;
      const at = {
        x: x + Math.cos(angle) * reach,
        y: y + Math.sin(angle) * reach,
        angle: item.arrives ? angle + Math.PI : angle,
      };
      chevron(ctx, at, palette.of("paper"), 6, 5);
      chevron(ctx, at, palette.item(item), 6, item.id === selected ? 3.4 : 2.4);
    }
    ctx.restore();
    boxes.take([x - reach, y - reach, x + reach, y + reach]);
    return {
      item,
      points: [
        [x, y],
        [x, y],
      ],
      near: (hx, hy) => Math.abs(Math.hypot(hx - x, hy - y) - reach),
    };
  });
}

export function paintCrossings(view, item, palette, boxes) {
  const { ctx } = view;
  for (const crossing of item.route.crossings ?? []) {
    const [x, y] = toPixel(view, ...unit(crossing.x, crossing.y));
    for (const [width, tone] of [
      [5, palette.of("paper")],
      [2, palette.of("text")],
    ]) {
      ctx.strokeStyle = tone;
      ctx.lineWidth = width;
      ctx.strokeRect(x - 4, y - 5, 8, 0.1);
      ctx.beginPath();
      ctx.moveTo(x - 4, y + 5);
      ctx.lineTo(x - 4, y - 5);
      ctx.lineTo(x + 4, y - 5);
      ctx.lineTo(x + 4, y + 5);
      ctx.stroke();
    }
    boxes.take([x - 7, y - 7, x + 7, y + 7]);
  }
}

/** Name the crossings of the items, each once, smaller than towns. */
export function nameCrossings(view, items, palette, boxes) {
  const { ctx } = view;
  const crossings = new Map(items.flatMap((item) => item.route.crossings ?? []).map((one) => [one.name, one]));
  for (const crossing of crossings.values()) {
    const [x, y] = toPixel(view, ...unit(crossing.x, crossing.y));
    ctx.font = font(10.5, 500);
    const side = sideBox(boxes, [x, y], [ctx.measureText(crossing.name).width, 12], 8, view.visible);
    if (!side) continue;
    boxes.take(side.box);
    haloText(ctx, crossing.name, side.left, side.top + 6, {
      size: 10.5,
      weight: 500,
      fill: palette.of("text"),
      halo: palette.of("halo"),
    });
  }
}
