// What is under way, while it is chosen: its chevrons travel slowly in its direction, where motion is wanted.
import { drawnSureness } from "./state.js";
import { drawTravelling } from "./strokes.js";

const SPEED = 14; // pixels a second
const PAUSE = 50; // milliseconds from one picture to the next
const EDGE = 10; // pixels round the line

/** Animate what `chosen` returns, a hit with its parts, on a canvas of its own above a layer; the layer stays as it is. */
export function makeTravel(map, layer, palette, chosen) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let canvas = null;
  let frame = 0;

  function stop() {
    cancelAnimationFrame(frame);
    canvas?.remove();
    canvas = null;
  }

  function start() {
    stop();
    const hit = chosen();
    if (calm.matches || hit?.item.status !== "ongoing" || !hit.parts) return;
    const box = pixelBox(hit.points, layer.view);
    if (!box) return;
    canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated travelling", layer.canvas.parentNode);
    const ctx = fitted(canvas, box, layer.shown);
    const { openStart, openEnd } = hit.item.route;
    const paint = { colour: palette.item(hit.item), halo: palette.of("paper") };
    const look = { ...paint, sure: drawnSureness(hit.item), openStart, openEnd };
    let last = -Infinity;
    const step = (now) => {
      frame = requestAnimationFrame(step);
      if (now - last < PAUSE) return;
      last = now;
      ctx.clearRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      drawTravelling(ctx, hit.parts, { ...look, far: (now / 1000) * SPEED });
    };
    frame = requestAnimationFrame(step);
  }

  layer.on("painted", start);
  map.on("zoomstart", stop);
  calm.addEventListener("change", start);
}

/** Return the pixels that a line takes of a view, or null where it is out of sight. */
function pixelBox(points, { width, height }) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const low = (values) => Math.max(0, Math.floor(values.reduce((a, b) => Math.min(a, b)) - EDGE));
  const high = (values, most) => Math.min(most, Math.ceil(values.reduce((a, b) => Math.max(a, b)) + EDGE));
  const box = [low(xs), low(ys), high(xs, width), high(ys, height)];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

/** Lay a canvas over a box of the layer's pixels; return what draws on it in these pixels. */
function fitted(canvas, [left, top, right, bottom], { corner, ratio }) {
  canvas.width = (right - left) * ratio;
  canvas.height = (bottom - top) * ratio;
  canvas.style.width = `${right - left}px`;
  canvas.style.height = `${bottom - top}px`;
  L.DomUtil.setTransform(canvas, corner.add([left, top]), 1);
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
  return ctx;
}
