// Military symbols, where they were asked for: pictures beside lines, always with the plain name.
import { font, toPixel } from "./canvas.js";
import { haloText } from "./labels.js";
import { isBase } from "./places.js";
import { along, lengthOf } from "./shapes.js";

const [WIDE, HIGH] = [32, 38]; // pixels of a symbol's picture, 80 x 96 units
const MIDDLE = 22; // pixels from its top to the middle of its frame

/** Load the pictures; `ready` is called when all can be drawn. Return null where no symbols were asked for. */
export function loadSymbols(symbols, ready) {
  if (!symbols) return null;
  const picture = (svg) => {
    const image = new Image();
    image.src = pictureOf(svg);
    return image;
  };
  const loaded = { ...symbols, pictures: symbols.svg.map(picture), base: picture(symbols.base) };
  const all = [...loaded.pictures, loaded.base];
  Promise.all(all.map((image) => image.decode())).then(ready, () => {});
  return loaded;
}

/** Return a symbol as an address of a picture. */
export const pictureOf = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** Draw the symbols of movements where their forces are said to be, and of bases; return what can be hit. */
export function paintSymbols(view, items, { symbols, actors, palette, boxes, hits, spots }) {
  if (!symbols) return [];
  for (const { place, x, y } of spots.all) if (isBase(place)) paintAt(view, symbols.base, [x, y], boxes, "");
  const lines = new Map(hits.filter((hit) => hit?.points).map((hit) => [hit.item, hit.points]));
  return items.flatMap((item) => {
    const at = spotOf(view, item, lines.get(item));
    const image = symbols.pictures[symbols.of[item.id]];
    if (!at || !image) return [];
    const name = item.actor < 0 ? "forces not named" : actors[item.actor].name;
    const box = paintAt(view, image, at, boxes, name, palette);
    if (!box) return [];
    const near = (x, y) => (x > box[0] && x < box[2] && y > box[1] && y < box[3] ? 1 : Infinity);
    return [{ item, near }];
  });
}

/** Return where forces are said to be: at the end of what is done, on the way, or still where they would start. */
function spotOf(view, item, points) {
  if (!points?.length) return item.spots.length ? toPixel(view, ...item.spots[0]) : null;
  if (item.status === "completed") return item.route?.openEnd ? points[0] : points.at(-1);
  if (item.status !== "ongoing") return points[0];
  const [middle] = along(points, Infinity, lengthOf(points) / 2);
  return middle ? [middle.x, middle.y] : points[0];
}

/** Draw a symbol and its name on the first free side of a spot; return its box, or null where there is no room. */
function paintAt({ ctx, visible }, image, [x, y], boxes, name, palette) {
  if (!image.complete || !image.naturalWidth) return null;
  ctx.font = font(11, 700);
  const wide = name ? Math.max(WIDE, ctx.measureText(name).width) : WIDE;
  const high = name ? HIGH + 13 : HIGH;
  for (const [left, top] of [
    [x - wide / 2, y - high - 9],
    [x - wide / 2, y + 9],
    [x + 10, y - MIDDLE],
    [x - 10 - wide, y - MIDDLE],
    [x + 12, y - high - 12],
    [x - 12 - wide, y - high - 12],
    [x + 12, y + 12],
    [x - 12 - wide, y + 12],
    [x - wide / 2, y - high - 34],
    [x - wide / 2, y + 34],
  ]) {
    const box = [left - 1, top - 1, left + wide + 1, top + high + 1];
    const seen = box[0] > visible[0] && box[2] < visible[2] && box[1] > visible[1] && box[3] < visible[3];
    if (!seen || !boxes.free(box)) continue;
    boxes.take(box);
    ctx.drawImage(image, left + (wide - WIDE) / 2, top, WIDE, HIGH);
    if (name) {
      const look = { size: 11, weight: 700, align: "center", fill: palette.of("text"), halo: palette.of("halo") };
      haloText(ctx, name, left + wide / 2, top + HIGH + 6, look);
    }
    return box;
  }
  return null;
}
