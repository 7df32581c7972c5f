// Paper and pictures: the map with its title, scale, north, legend, numbers and sources.
import { toPixel } from "./canvas.js";
import { unit } from "./data.js";
import { licencesOf } from "./panels.js";
import { byId, count, dayOf, dayText, el, intervalText, link } from "./text.js";
import { datedText, nowText } from "./time.js";

const MOST_ROWS = 1000; // of the table of sources
const MOST_NUMBERS = 120; // beside lines; more would hide the map
const SHARP = 2; // pixels of a picture to one of the screen
const MARGIN = 20;

export function makePaper(data, store, scene, redrawLegend) {
  const root = document.documentElement;
  const stamp = () => nowText(store.state, data) + datedText(store);
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  /** Return a canvas with what the map shows now, `ratio` pixels to one of the screen, with scale bar and north. */
  function mapPicture(ratio) {
    const back = scene.sharpen(ratio);
    const [left, top, right, bottom] = scene.view().visible;
    const [width, height] = [right - left, bottom - top];
    const canvas = el("canvas", { width: width * ratio, height: height * ratio });
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    for (const layer of scene.canvases()) ctx.drawImage(layer, -left, -top, scene.view().width, scene.view().height);
    scaleBar(ctx, 14, height - 14);
    north(ctx, width - 22, 16);
    back();
    return { canvas, ctx, width, height };
  }

  /** Draw the scale bar of the page at the lower left. */
  function scaleBar(ctx, x, y) {
    const bar = document.querySelector("#scale .scalebar");
    const width = parseFloat(bar?.style.width);
    if (!width) return;
    ctx.strokeStyle = ctx.fillStyle = colour("secondary");
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, y - 5);
    ctx.lineTo(x, y);
    ctx.lineTo(x + width, y);
    ctx.lineTo(x + width, y - 5);
    ctx.stroke();
    ctx.font = face(11);
    ctx.textAlign = "left";
    ctx.fillText(byId("scale").textContent.trim(), x, y - 9);
  }

  function north(ctx, x, y) {
    ctx.fillStyle = colour("secondary");
    ctx.beginPath();
    for (const [dx, dy] of [
      [0, 0],
      [6, 16],
      [0, 12],
      [-6, 16],
    ])
      ctx.lineTo(x + dx, y + dy);
    ctx.fill();
    ctx.font = face(11, 700);
    ctx.textAlign = "center";
    ctx.fillText("N", x, y + 28);
    ctx.textAlign = "left";
  }

  /** Write the numbers of the table beside what they stand for, where there is room. */
  function number({ ctx, width, height }, items) {
    const taken = [];
    const { visible } = scene.view();
    ctx.font = face(9, 700);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const [at, item] of items.slice(0, MOST_NUMBERS).entries()) {
      const free = anchorsOf(scene.view(), item)
        .map(([x, y]) => [x - visible[0], y - visible[1]])
        .find(
          ([x, y]) =>
            x > 9 &&
            y > 9 &&
            x < width - 9 &&
            y < height - 9 &&
            !taken.some((b) => Math.hypot(b[0] - x, b[1] - y) < 17),
        );
      if (!free) continue;
      taken.push(free);
      ctx.beginPath();
      ctx.arc(...free, 7.5, 0, 7);
      ctx.fillStyle = colour("panel");
      ctx.fill();
      ctx.strokeStyle = ctx.fillStyle = colour("text");
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.fillText(String(at + 1), free[0], free[1] + 0.5);
    }
  }

  /** Save what the map shows, with all that makes it readable alone, as a PNG. */
  function picture() {
    const shown = mapPicture(SHARP);
    const lay = (ctx) => {
      const pen = { ctx, width: shown.width, y: MARGIN, colour };
      lines(pen, data.title, { size: 18, weight: 700, most: 3 });
      lines(pen, stamp(), { size: 12, fill: "secondary" });
      pen.y += 8;
      ctx.drawImage(shown.canvas, 0, pen.y, shown.width, shown.height);
      pen.y += shown.height + 12;
      keyRows(pen);
      lines(pen, sourcesText(), { size: 11, most: 3 });
      lines(pen, byId("attribution").textContent, { size: 10, fill: "secondary", most: 4 });
      return Math.ceil(pen.y + MARGIN - 6);
    };
    const tall = lay(el("canvas", { width: 1, height: 1 }).getContext("2d"));
    const canvas = el("canvas", { width: shown.width * SHARP, height: tall * SHARP });
    const ctx = canvas.getContext("2d");
    ctx.scale(SHARP, SHARP);
    ctx.fillStyle = colour("panel");
    ctx.fillRect(0, 0, shown.width, tall);
    lay(ctx);
    canvas.toBlob((blob) => {
      const address = URL.createObjectURL(blob);
      el("a", { href: address, download: `${fileName()}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
  }

  /** Return a file name from the title and the day shown; letters of any script are kept. */
  function fileName() {
    const joined = (text, most) => (text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join("-").slice(0, most);
    const parts = [joined(data.title, 60), joined(nowText(store.state, data), 40)].filter(Boolean);
    return parts.join("-").toLowerCase() || "map";
  }

  /** Return the publishers of what is shown, in words. */
  function sourcesText() {
    const names = new Set(
      store
        .visible()
        .flatMap((item) => item.claims.map((claim) => (claim.withheld ? null : (claim.publisher ?? claim.title)))),
    );
    names.delete(null);
    names.delete(undefined);
    const some = [...names].slice(0, 12);
    const more = names.size - some.length;
    return some.length ? `Sources: ${some.join("; ")}${more ? ` and ${more} more` : ""}.` : "";
  }

  let before = null;

  /** Fill what only paper shows: the picture on a light ground, the legend, a numbered table of sources. */
  function printed() {
    before ??= { theme: root.dataset.theme, restore: scene.reshape(() => root.classList.add("printing")) };
    root.dataset.theme = "light";
    scene.repaintAll();
    redrawLegend();
    const items = store.visible();
    const shown = mapPicture(SHARP);
    number(shown, items);
    byId("paper").replaceChildren(shown.canvas);
    byId("printed").replaceChildren(
      el("h2", { text: `Sources of ${count(items.length, "item")}` }),
      sourceTable(items.slice(0, MOST_ROWS)),
      items.length > MOST_ROWS ? el("p", { text: `And ${items.length - MOST_ROWS} more, in the file itself.` }) : "",
      el("p", { class: "quiet", text: licencesOf(data.about).join("; ") }),
    );
  }

  function sourceTable(items) {
    const head = ["", "When", "Status", "What", "Source"].map((text) =>
      text ? el("th", { scope: "col", text }) : el("td", {}),
    );
    const rows = items.map((item, at) =>
      el(
        "tr",
        {},
        el("th", { scope: "row", text: String(at + 1) }),
        el("td", { dir: "auto", text: item.event ? intervalText(item.event) : (item.whenText ?? "date unknown") }),
        el("td", { text: item.status ?? item.kind }),
        el("td", { dir: "ltr", text: item.sentence }),
        el("td", {}, ...item.claims.map((claim) => el("div", {}, ...cited(claim)))),
      ),
    );
    return el("table", { class: "sources" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
  }

  /** Return what names a source: publisher, title, day, who is cited, grade, address. */
  function cited({ publisher, title, report, published, url, by, grade, withheld }) {
    const named = withheld ? ["source withheld"] : publisher || title ? [publisher, title] : [report];
    const day = dayOf(published);
    const parts = [...named.filter(Boolean), day === null ? null : dayText(day), by ? `citing ${by}` : null, grade];
    return [
      ...parts.filter(Boolean).flatMap((text, at) => [at ? ", " : "", el("bdi", { text })]),
      ...(url ? [" ", link(url, url)] : []),
    ];
  }

  function restored() {
    if (!before) return;
    root.dataset.theme = before.theme;
    root.classList.remove("printing");
    before.restore();
    before = null;
    scene.repaintAll();
    redrawLegend();
  }

  window.addEventListener("beforeprint", printed);
  window.addEventListener("afterprint", restored);
  return { picture, print: () => window.print() };
}

const face = (size, weight = 400) => `${weight} ${size}px system-ui, sans-serif`;

/** Write text in lines as wide as the picture and move the pen below them; of more than `most` lines the rest is cut. */
function lines(pen, text, { size, weight = 400, fill = "text", most = 2 }) {
  const { ctx } = pen;
  ctx.font = face(size, weight);
  const room = pen.width - 2 * MARGIN;
  const rows = [""];
  for (const word of text.split(/\s+/)) {
    const longer = rows.at(-1) ? `${rows.at(-1)} ${word}` : word;
    if (ctx.measureText(longer).width <= room) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  if (rows.length > most) rows.splice(most - 1, Infinity, `${rows[most - 1]} …`);
  const left = document.documentElement.dir === "rtl";
  ctx.fillStyle = pen.colour(fill);
  ctx.textBaseline = "top";
  ctx.textAlign = left ? "right" : "left";
  for (const row of rows.filter(Boolean)) {
    ctx.fillText(row, left ? pen.width - MARGIN : MARGIN, pen.y, room);
    pen.y += size * 1.4;
  }
  pen.y += 4;
}

/** Draw the rows of actors and statuses of the page's legend that are shown. */
function keyRows(pen) {
  const { ctx } = pen;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const facet of ["actor", "status"]) {
    let x = MARGIN;
    for (const box of document.querySelectorAll(`#legend input[data-facet^="${facet}:"]:checked`)) {
      const row = box.closest(".row");
      const text = [...row.querySelectorAll(".name, .tag")].map((node) => node.textContent).join(" ");
      ctx.font = face(11);
      const width = 44 + ctx.measureText(text).width + 18;
      if (x > MARGIN && x + width > pen.width - MARGIN) [x, pen.y] = [MARGIN, pen.y + 20];
      ctx.drawImage(row.querySelector("canvas"), x, pen.y, 36, 18);
      ctx.fillStyle = pen.colour("text");
      ctx.fillText(text, x + 44, pen.y + 9.5);
      x += width;
    }
    if (x > MARGIN) pen.y += 22;
  }
  pen.y += 4;
}

/** Return pixels on what is drawn of an item, the likeliest for its number first. */
function anchorsOf(view, item) {
  const line = item.legs.length
    ? item.legs.reduce((a, b) => (a.xy.length >= b.xy.length ? a : b))
    : (item.shape?.rings[0]?.[0] ?? item.shape?.lines[0]);
  if (line) {
    const at = (part) => 2 * Math.round((line.xy.length / 2 - 1) * part);
    return [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((part) => toPixel(view, line.xy[at(part)], line.xy[at(part) + 1]));
  }
  const places = item.type === "incident" ? item.refs.map((ref) => ref.place).filter((one) => one && !one.extent) : [];
  return [...item.spots, ...places.map((one) => unit(one.x, one.y))]
    .map(([x, y]) => toPixel(view, x, y))
    .flatMap(([x, y]) => [
      [x, y + 15],
      [x - 14, y],
      [x + 14, y],
    ]);
}
