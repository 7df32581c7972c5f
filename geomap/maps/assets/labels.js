// Names on the map: each takes a box, and a name that would cover another is left out.
import { font } from "./canvas.js";

const SQUARE = 64; // pixels

/** Return what remembers the boxes that are taken: by marks and names, and by lines, which a name may cross if it must. */
export function makeBoxes() {
  const [marks, lines] = [new Map(), new Map()];
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const hit = (cells, box) => cellsOf(box).some((key) => cells.get(key)?.some((other) => meet(box, other)));
  const add = (cells, box) => {
    for (const key of cellsOf(box)) {
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(box);
    }
  };
  return {
    free: (box, acrossLines = false) => !hit(marks, box) && (acrossLines || !hit(lines, box)),
    take: (box) => add(marks, box),
    takeLine: (box) => add(lines, box),
  };
}

function cellsOf(box) {
  const [left, top, right, bottom] = box.map((side) => Math.floor(side / SQUARE));
  const found = [];
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) found.push(x * 65536 + y);
  return found;
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

/**
 * Return the first free box inside `visible` on the sides right, left, above, below of a point, or null; `acrossLines`
 * lets it lie over lines.
 */
export function sideBox(boxes, [x, y], [width, height], gap, visible, acrossLines = false) {
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
    if (boxes.free(box, acrossLines)) return { align, box, left, top };
  }
  return null;
}

/** Whether a box lies inside the visible part, or its point is outside of it anyway. */
function within(box, [left, top, right, bottom]) {
  const away = box[2] < left || box[0] > right || box[3] < top || box[1] > bottom;
  return away || (box[0] >= left + 2 && box[2] <= right - 2 && box[1] >= top && box[3] <= bottom);
}
