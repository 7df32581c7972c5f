// The offline ground: land, water, roads, borders; and the names of towns and countries.
import { toPixel, touches, trace, font } from "./canvas.js";
import { unit } from "./data.js";
import { haloText, sideBox } from "./labels.js";

export function readGround(base) {
  const scale = base.scale ?? 1e4;
  const layers = base.layers ?? {};
  const lines = (name) => layers[name] ?? [];
  const at = ([lon, lat]) => unit(lon, lat);
  return {
    land: lines("land"),
    lakes: lines("lakes"),
    rivers: lines("rivers"),
    borders: lines("borders"),
    disputed: lines("disputed"),
    admin1: lines("admin1"),
    roads: lines("roads"),
    towns: (base.towns ?? []).map((town) => ({ ...town, xy: at(degrees(town, scale)) })).sort((a, b) => a.r - b.r),
    labels: (base.labels ?? []).map((label) => ({ ...label, xy: at(degrees(label, scale)) })),
  };
}

/** Towns and labels give x, y as integers like the lines do. */
const degrees = ({ x, y }, scale) => [x / scale, y / scale];

export function paintGround(view, ground, palette) {
  const { ctx } = view;
  ctx.fillStyle = palette.of("sea");
  ctx.fillRect(0, 0, view.width, view.height);
  fill(view, ground.land, palette.of("land"));
  stroke(view, ground.borders, { colour: palette.of("border-band"), width: 6 });
  stroke(view, ground.admin1, { colour: palette.of("admin"), width: 1, dash: [1, 3] });
  stroke(view, ground.rivers, { colour: palette.of("river"), width: view.zoom > 8 ? 1.4 : 0.9 });
  fill(view, ground.lakes, palette.of("lake"), palette.of("river"));
  const roads = view.zoom < 5 ? [] : ground.roads;
  stroke(view, roads, { colour: palette.of("road-casing"), width: view.zoom < 7 ? 1.6 : 2.8 });
  stroke(view, roads, { colour: palette.of("road"), width: view.zoom < 7 ? 0.8 : 1.5 });
  stroke(view, ground.borders, { colour: palette.of("border"), width: 1.2, dash: [8, 3, 2, 3] });
  stroke(view, ground.disputed, { colour: palette.of("border"), width: 1.2, dash: [2, 4] });
}

function fill(view, rings, colour, edge) {
  const { ctx } = view;
  const path = new Path2D();
  for (const ring of rings) if (touches(view, ring.box)) trace(path, view, ring);
  ctx.fillStyle = colour;
  ctx.fill(path, "evenodd");
  if (!edge) return;
  ctx.setLineDash([]);
  ctx.strokeStyle = edge;
  ctx.lineWidth = 0.7;
  ctx.stroke(path);
}

function stroke(view, lines, { colour, width, dash = [] }) {
  const { ctx } = view;
  const path = new Path2D();
  for (const line of lines) if (touches(view, line.box)) trace(path, view, line);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.setLineDash(dash);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

const SIZES = [13, 12, 11, 11];
const FROM_ZOOM = [0, 5.5, 7, 8.5];

/** Draw town, country and sea names where the story leaves room. */
export function paintNames(view, ground, palette, boxes, hidden) {
  for (const label of ground.labels) paintWide(view, label, palette, boxes);
  for (const town of ground.towns) {
    if (view.zoom < FROM_ZOOM[town.r] || hidden.has(town.n)) continue;
    const [x, y] = toPixel(view, ...town.xy);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    paintTown(view, town, x, y, palette, boxes);
  }
}

function paintTown(view, town, x, y, palette, boxes) {
  const { ctx } = view;
  const size = SIZES[town.r];
  ctx.font = font(size, town.r === 0 ? 500 : 400);
  const side = sideBox(boxes, [x, y], [ctx.measureText(town.n).width, size + 2], 5, view.visible);
  if (!side) return;
  boxes.take(side.box);
  ctx.fillStyle = palette.of("town");
  ctx.beginPath();
  ctx.arc(x, y, town.r < 2 ? 2.2 : 1.6, 0, 7);
  ctx.fill();
  haloText(ctx, town.n, side.left, side.top + (size + 2) / 2, {
    size,
    weight: town.r === 0 ? 500 : 400,
    fill: palette.of(town.r < 2 ? "text" : "secondary"),
    halo: palette.of("halo"),
  });
}

function paintWide(view, label, palette, boxes) {
  const { ctx } = view;
  const [x, y] = toPixel(view, ...label.xy);
  const sea = label.k !== "country";
  const text = sea ? label.n : [...label.n.toUpperCase()].join("\u2009\u2009");
  const size = sea ? 12 : view.zoom < 5 ? 11 : 14;
  ctx.font = font(size, sea ? 400 : 500, sea ? "italic" : "normal");
  const width = ctx.measureText(text).width;
  const box = [x - width / 2 - 6, y - size, x + width / 2 + 6, y + size];
  if (!boxes.free(box)) return;
  boxes.take(box);
  haloText(ctx, text, x, y, {
    size,
    weight: sea ? 400 : 500,
    style: sea ? "italic" : "normal",
    align: "center",
    fill: palette.of(sea ? "water-name" : "country-name"),
    halo: palette.of(sea ? "sea" : "halo"),
  });
}
