// An actor's emblem: a small shape beside its tag, for eyes that do not tell its colour from another's.
import { el } from "./text.js";

// Filled outlines in a square of 10, round its middle: disc, square, triangle, hourglass, cross, triangle on its tip.
const SHAPES = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",
  "M-3.6-3.6h7.2v7.2h-7.2Z",
  "M0-4.4L4.6 3.8H-4.6Z",
  "M-4-4.2H4L-4 4.2H4Z",
  "M-1.6-4.4h3.2v2.8h2.8v3.2h-2.8v2.8h-3.2v-2.8h-2.8v-3.2h2.8Z",
  "M0 4.4L4.6-3.8H-4.6Z",
];

/** Return an actor's shape as an SVG path; with the six colours there are 36 pairs before one comes again. */
export const emblemOf = (actor) => SHAPES[(actor + Math.floor(actor / SHAPES.length)) % SHAPES.length];

/** Draw an actor's emblem on a canvas, `size` pixels wide, with its middle at x, y. */
export function actorMark(ctx, actor, { x, y, size = 9, colour, halo }) {
  const path = new Path2D(emblemOf(actor));
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 10, size / 10);
  ctx.lineJoin = "round";
  if (halo) {
    ctx.strokeStyle = halo;
    ctx.lineWidth = 40 / size;
    ctx.stroke(path);
  }
  ctx.fillStyle = colour;
  ctx.fill(path);
  ctx.restore();
}

/** Return an actor's tag with its emblem as an element, in its colour. */
export function actorTag(actors, actor, palette) {
  const tag = el("b", { class: "tag" }, actor < 0 ? "?" : glyph(actor), actor < 0 ? "" : actors[actor].tag);
  tag.style.color = palette.actorWords(actor);
  return tag;
}

function glyph(actor) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ viewBox: "-5 -5 10 10", class: "emblem", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", emblemOf(actor));
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}
