// Names on the map: each takes a box, and a name that would cover another is left out.
import { font } from "./canvas.js";

export function makeBoxes() {
  const cells = new Map();
  const size = 64;
  const over = (box, visit) => {
    for (let x = Math.floor(box[0] / size); x <= Math.floor(box[2] / size); x++) {
      for (let y = Math.floor(box[1] / size); y <= Math.floor(box[3] / size); y++) {
        if (visit(`${x},${y}`)) return true;
      }
    }
    return false;
  };
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    free: (box) => !over(box, (key) => (cells.get(key) ?? []).some((other) => meet(box, other))),
    take(box) {
      over(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(box);
        return false;
      });
    },
  };
}

/** Draw text with a halo of the ground's colour. */
export function haloText(
  ctx,
  text,
  x,
  y,
  { size = 12, weight = 400, style = "normal", fill, halo, align = "left", width = 3 },
) {
  ctx.font = font(size, weight, style);
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = width;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = fill;
  ctx.fillText(text, x, y);
}

/** Return the first free box inside `visible` on the sides right, left, above, below of a point, or null. */
export function sideBox(boxes, [x, y], [width, height], gap, visible) {
  const sides = [
    ["left", x + gap, y - height / 2],
    ["right", x - gap - width, y - height / 2],
    ["center", x - width / 2, y - gap - height],
    ["center", x - width / 2, y + gap],
    ["left", x + gap, y - height - 2],
    ["left", x + gap, y + 2],
    ["right", x - gap - width, y - height - 2],
    ["right", x - gap - width, y + 2],
    ["center", x - width / 2, y - 2 * gap - height],
    ["center", x - width / 2, y + 2 * gap],
  ];
  for (const [align, left, top] of sides) {
    const box = [left - 2, top - 1, left + width + 2, top + height + 1];
    if (visible && !within(box, visible)) continue;
    if (boxes.free(box)) return { align, box, left, top };
  }
  return null;
}

/** Whether a box lies inside the visible part, or its point is outside of it anyway. */
function within(box, [left, top, right, bottom]) {
  const away = box[2] < left || box[0] > right || box[3] < top || box[1] > bottom;
  return away || (box[0] >= left + 2 && box[2] <= right - 2 && box[1] >= top && box[3] <= bottom);
}
