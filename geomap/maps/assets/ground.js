// The offline ground: land, water, roads, borders; and the names of towns, countries, provinces and waters.
import { toPixel, touches, trace, font } from "./canvas.js";
import { unit } from "./data.js";
import { haloText, sideBox } from "./labels.js";

const LAYERS = ["land", "lakes", "rivers", "roads", "borders", "disputed", "admin1"];

export function readGround(base) {
  const scale = base.scale ?? 1e4;
  const layers = base.layers ?? {};
  const at = (x, y) => unit(x / scale, y / scale);
  const [west, south, east, north] = base.bounds ?? [-180, -85, 180, 85];
  const spots = (flat) => {
    const found = [];
    for (let i = 0; i < flat.length; i += 3)
      found.push({ xy: at(flat[i], flat[i + 1]), room: flat[i + 2] / scale / 360 });
    return found;
  };
  return {
    ...Object.fromEntries(LAYERS.map((name) => [name, layers[name] ?? []])),
    box: [...unit(west, north), ...unit(east, south)],
    towns: (base.towns ?? []).map((town) => ({ ...town, xy: at(town.x, town.y) })),
    labels: (base.labels ?? []).map((label) => ({ ...label, spots: spots(label.at) })),
  };
}

/** Return the views in which the ground is seen: one for each copy of the world on the canvas. */
function copies(view, ground) {
  const found = [];
  for (let turn = -2; turn <= 2; turn++) {
    const copy = { ...view, x: view.x - turn * view.scale };
    if (touches(copy, ground.box)) found.push(copy);
  }
  return found;
}

export function paintGround(view, ground, palette) {
  const { ctx } = view;
  ctx.fillStyle = palette.of("border-band"); // what is not on the map is neither land nor sea
  ctx.fillRect(0, 0, view.width, view.height);
  for (const copy of copies(view, ground)) {
    const [left, top] = toPixel(copy, ground.box[0], ground.box[1]);
    const [right, bottom] = toPixel(copy, ground.box[2], ground.box[3]);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    ctx.fillStyle = palette.of("sea");
    ctx.fillRect(left, top, right - left, bottom - top);
    paintLayers(copy, ground, palette);
    ctx.restore();
  }
}

/** The width at a zoom, between that of the first stop and that of the last. */
function widthAt(zoom, stops) {
  const after = stops.findIndex(([from]) => zoom < from);
  if (after === 0) return stops[0][1];
  if (after < 0) return stops.at(-1)[1];
  const [[z0, w0], [z1, w1]] = [stops[after - 1], stops[after]];
  return w0 + ((w1 - w0) * (zoom - z0)) / (z1 - z0);
}

function paintLayers(view, ground, palette) {
  const { zoom } = view;
  const line = (name, colour, width, options) => stroke(view, ground[name], { colour, width, ...options });
  const [border, band] = [palette.of("border"), widthAt(zoom, [[3, 2.5], [6, 5], [9, 7]])]; // prettier-ignore
  fill(view, ground.land, palette.of("land"), { least: 0.7 });
  line("borders", palette.of("border-band"), band);
  line("disputed", palette.of("border-band"), band);
  if (zoom >= 4.5) line("admin1", palette.of("admin"), widthAt(zoom, [[5, 0.8], [8, 1.2]]), { dash: [1, 3], least: 3 }); // prettier-ignore
  line("rivers", palette.of("river"), widthAt(zoom, [[4, 0.6], [8, 1], [11, 2]]), { least: 12 }); // prettier-ignore
  fill(view, ground.lakes, palette.of("lake"), { edge: palette.of("river"), least: 2.5 });
  if (zoom >= 5) {
    const width = widthAt(zoom, [[5, 0.6], [7, 1.5], [9.5, 1.5], [12, 3]]); // prettier-ignore
    if (zoom >= 6) line("roads", palette.of("road-casing"), width + 1.1, { least: 3 });
    line("roads", palette.of("road"), width, { least: 3 });
  }
  const thin = widthAt(zoom, [[3, 0.8], [6, 1.2]]); // prettier-ignore
  line("borders", border, thin, { dash: zoom < 5 ? [5, 2, 1, 2] : [8, 3, 2, 3] });
  line("disputed", border, thin, { dash: [1.5, 3.5] });
}

/** Whether a shape is as large as so many pixels. */
const largeEnough = (view, [left, top, right, bottom], least) =>
  Math.max(right - left, bottom - top) * view.scale >= least;

function pathOf(view, shapes, least) {
  const path = new Path2D();
  for (const shape of shapes)
    if (largeEnough(view, shape.box, least) && touches(view, shape.box)) trace(path, view, shape);
  return path;
}

function fill(view, rings, colour, { edge, least }) {
  const { ctx } = view;
  const path = pathOf(view, rings, least);
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  if (!edge) return;
  ctx.setLineDash([]);
  ctx.strokeStyle = edge;
  ctx.lineWidth = 0.7;
  ctx.stroke(path);
}

function stroke(view, lines, { colour, width, dash = [], least = 0 }) {
  const { ctx } = view;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.setLineDash(dash);
  ctx.stroke(pathOf(view, lines, least));
  ctx.setLineDash([]);
}

/** Draw the names of the ground where the story leaves room. */
export function paintNames(view, ground, palette, boxes, hidden) {
  const zoom = Math.round(10 * view.zoom);
  for (const copy of copies(view, ground)) {
    const wide = ground.labels.filter((label) => label.k !== "unit" && zoom >= label.z);
    for (const label of wide) nameWide(copy, label, palette, boxes);
    for (const town of ground.towns) if (zoom >= town.z && !hidden.has(town.n)) nameTown(copy, town, palette, boxes);
    if (view.zoom < 4.5 || view.zoom > 9.5) continue;
    for (const label of ground.labels) if (label.k === "unit" && zoom >= label.z) nameWide(copy, label, palette, boxes);
  }
}

const SIZES = [13, 12, 11, 11];
const LOCAL = 10; // pixels of the local name beneath

function nameTown(view, town, palette, boxes) {
  const { ctx } = view;
  const [x, y] = toPixel(view, ...town.xy);
  if (x < 0 || y < 0 || x > view.width || y > view.height) return;
  if (!boxes.free([x - 2, y - 2, x + 2, y + 2])) return;
  const size = SIZES[town.r];
  const weight = town.r === 0 ? 500 : 400;
  ctx.font = font(size, weight);
  const width = ctx.measureText(town.n).width;
  let under = 0;
  if (town.l && view.zoom * 10 >= town.z + 5) {
    ctx.font = font(LOCAL);
    under = ctx.measureText(town.l).width;
  }
  const placed = under && sideBox(boxes, [x, y], [Math.max(width, under), size + LOCAL + 5], 5, view.visible);
  const side = placed || sideBox(boxes, [x, y], [width, size + 2], 5, view.visible);
  if (!side) return;
  boxes.take(side.box);
  boxes.take([x - 3, y - 3, x + 3, y + 3]);
  ctx.fillStyle = palette.of("town");
  ctx.beginPath();
  ctx.arc(x, y, town.r < 2 ? 2.2 : 1.6, 0, 7);
  ctx.fill();
  const words = (text, top, options) => {
    const across = { left: 0, center: 0.5, right: 1 }[side.align];
    const wide = placed ? Math.max(width, under) : width;
    haloText(ctx, text, side.left + across * wide, top, { align: side.align, halo: palette.of("halo"), ...options });
  };
  words(town.n, side.top + (size + 2) / 2, { size, weight, fill: palette.of(town.r < 2 ? "text" : "secondary") });
  if (placed) words(town.l, side.top + size + 4 + LOCAL / 2, { size: LOCAL, fill: palette.of("secondary") });
}

/** How names other than towns' are written; `most` is how many times wider than their room they may be. */
function styleOf(kind, zoom) {
  if (kind === "country")
    return { size: zoom < 4 ? 10.5 : zoom < 6 ? 12 : 14, weight: 500, fill: "country-name", halo: "halo", most: 2.2 };
  if (kind === "unit") return { size: 10, weight: 500, fill: "country-name", halo: "halo", most: Infinity };
  const halo = kind === "sea" ? "sea" : kind === "lake" ? "lake" : "halo";
  return { size: kind === "sea" ? 12.5 : 11, weight: 400, style: "italic", fill: "water-name", halo, most: Infinity };
}

const spaced = (text, gap) => [...text.toUpperCase()].join(gap);

/** Break a name of several words into two lines of about the same length. */
function inTwo(text) {
  const words = text.split(" ");
  const cuts = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const longer = ([one, two]) => Math.max(one.length, two.length);
  return cuts.sort((a, b) => longer(a) - longer(b))[0] ?? [text];
}

/** Name a country, province or water at the first of its spots that has room in what is seen. */
function nameWide(view, label, palette, boxes) {
  const { ctx } = view;
  const look = styleOf(label.k, view.zoom);
  const gap = { country: "\u2009\u2009", unit: "\u200a" }[label.k];
  ctx.font = font(look.size, look.weight, look.style);
  for (const parts of [[label.n], inTwo(label.n)]) {
    if (label.k === "sea" && parts.length === 1 && label.n.includes(" ")) continue;
    const lines = parts.map((part) => (gap ? spaced(part, gap) : part));
    const [width, height] = [Math.max(...lines.map((one) => ctx.measureText(one).width)), look.size * 1.25];
    for (const { xy, room } of label.spots) {
      const [x, y] = toPixel(view, ...xy);
      if (room && width / 2 > room * view.scale * look.most) continue;
      const [across, up] = [width / 2 + 5, (height * lines.length) / 2 + 2];
      const box = [x - across, y - up, x + across, y + up];
      if (!wholly(box, view.visible) || !boxes.free(box)) continue;
      boxes.take(box);
      const options = { ...look, align: "center", fill: palette.of(look.fill), halo: palette.of(look.halo) };
      lines.forEach((one, at) => haloText(ctx, one, x, y + (at - (lines.length - 1) / 2) * height, options));
      return;
    }
  }
}

const wholly = (box, [left, top, right, bottom]) =>
  box[0] >= left && box[1] >= top && box[2] <= right && box[3] <= bottom;
