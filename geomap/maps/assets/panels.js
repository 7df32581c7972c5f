// Panels beside the map: help and about, what could not be read, printing, the picture.
import { datedText, nowText } from "./time.js";
import { byId, el, link, count, dayText, intervalText } from "./text.js";

const KEYS = [
  ["j / k", "next / previous item"],
  ["Enter", "open the card"],
  ["Esc", "close"],
  ["← / →", "previous / next change"],
  ["Space", "play or stop"],
  ["/", "search"],
  ["l", "legend"],
  ["d", "dark or light"],
  ["p", "print"],
  ["0", "show all"],
  ["?", "this help"],
];

export function makePanels(data, store, scene, redrawLegend) {
  const dialog = byId("dialog");
  const body = byId("dialogBody");

  function about() {
    const { about: facts } = data;
    const period = data.first === null ? "no date is given" : `${dayText(data.first)} to ${dayText(data.last)}`;
    body.replaceChildren(
      close(),
      el("h2", { text: "About this map" }),
      el("p", {
        dir: "auto",
        text:
          facts.scope ??
          `What ${count(data.reports.size || 1, "report")} tell of movements, areas and incidents; nothing else.`,
      }),
      el("p", {
        text: `Period: ${period}. Nothing is drawn past the last report, and no present position is claimed.`,
      }),
      el("p", {
        text: "Method: names were found in the text and looked up in an offline gazetteer; movements were read sentence by sentence. Lines along roads are reported where the report names the road, otherwise the shortest way. Everything links back to the words it came from.",
      }),
      el("p", {
        text: "Basemap: borders as in the sources below, without a stand on disputes. The file fetches nothing unless its maker added layers from a network.",
      }),
      el("h3", { text: "Reports" }),
      el(
        "ol",
        {},
        ...[...data.reports.values()].map((report) =>
          el(
            "li",
            { dir: "auto" },
            link(report.url, report.title ?? report.id),
            ` ${[report.source, report.published].filter(Boolean).join(", ")}`,
          ),
        ),
      ),
      issues(),
      el("h3", { text: "Sources of the ground, the roads and the places" }),
      el("ul", {}, ...licences(facts).map((text) => el("li", { dir: "auto", text }))),
      el("h3", { text: "Keys" }),
      el(
        "dl",
        { class: "keys" },
        ...KEYS.flatMap(([key, what]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: what })]),
      ),
    );
    dialog.showModal();
  }

  function licences(facts) {
    const listed = (facts.sources ?? []).map((one) => `${one.attribution || one.title} (${one.licence})`);
    return [...new Set(listed.length ? listed : (facts.ground ?? []))];
  }

  function issues() {
    const rows = [
      ...data.issues.map((one) => [one.stage, one.message, one.report]),
      ...data.items
        .filter((item) => item.notDrawn)
        .map((item) => ["draw", `${item.label}: ${item.notDrawn}`, item.source.report]),
    ];
    return el(
      "section",
      { id: "issues" },
      el("h3", { text: "What could not be read or drawn" }),
      rows.length
        ? el(
            "ul",
            {},
            ...rows.map(([stage, message, report]) =>
              el(
                "li",
                { dir: "auto" },
                el("b", { text: stage }),
                ` ${message}`,
                report ? el("span", { class: "quiet", text: ` (${report})` }) : "",
              ),
            ),
          )
        : el("p", { text: "Nothing." }),
    );
  }

  /** Return what names a source: publisher, title, day, address, and who is cited. */
  function cited({ publisher, title, report, published, url, by }) {
    const named = publisher || title ? [publisher, title] : [report];
    return [...named, published, by ? `citing ${by}` : null, url].filter(Boolean);
  }

  const close = () =>
    el("button", { type: "button", class: "text-button close", text: "Close", onclick: () => dialog.close() });

  /** Return a canvas with what the map shows now, its title and its day. */
  function composed() {
    const view = scene.view();
    const [left, top, right, bottom] = view.visible;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const canvas = el("canvas", { width: (right - left) * ratio, height: (bottom - top) * ratio });
    const ctx = canvas.getContext("2d");
    for (const layer of scene.canvases()) ctx.drawImage(layer, -left * ratio, -top * ratio);
    ctx.scale(ratio, ratio);
    ctx.font = "12px system-ui, sans-serif";
    const text = `${data.title} · ${nowText(store.state, data)}${datedText(store.state, data)}`;
    ctx.fillStyle = getComputedStyle(document.body).backgroundColor;
    ctx.fillRect(0, 0, ctx.measureText(text).width + 20, 24);
    ctx.fillStyle = getComputedStyle(document.body).color;
    ctx.fillText(text, 10, 16);
    return canvas;
  }

  /** Save what the map shows as a PNG. */
  function picture() {
    composed().toBlob((blob) => {
      const address = URL.createObjectURL(blob);
      el("a", { href: address, download: "map.png" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
  }

  let before = null;

  /** Fill what only paper shows: the picture on a light ground, the legend, a numbered table of sources. */
  function printed() {
    const root = document.documentElement;
    before ??= { theme: root.dataset.theme, restore: scene.reshape(() => root.classList.add("printing")) };
    root.dataset.theme = "light";
    scene.repaintAll();
    redrawLegend();
    byId("paper").replaceChildren(
      composed(),
      el("span", { class: "north", text: "N ↑" }),
      byId("scale").cloneNode(true),
    );
    byId("printed").replaceChildren(
      el("h2", { text: "Sources" }),
      el(
        "ol",
        {},
        ...store.visible().map((item) =>
          el(
            "li",
            { dir: "auto" },
            el("b", { text: item.status ?? item.kind }),
            ` ${item.sentence} `,
            el("span", {
              class: "quiet",
              text: [
                item.event ? intervalText(item.event) : (item.whenText ?? "date unknown"),
                ...item.claims.map((claim) => cited(claim).join(", ")),
              ].join(" · "),
            }),
          ),
        ),
      ),
      el("p", { class: "quiet", text: licences(data.about).join("; ") }),
    );
  }

  window.addEventListener("beforeprint", printed);
  window.addEventListener("afterprint", () => {
    if (!before) return;
    document.documentElement.dataset.theme = before.theme;
    document.documentElement.classList.remove("printing");
    before.restore();
    before = null;
    scene.repaintAll();
    redrawLegend();
  });
  return { about, picture, print: () => window.print() };
}

/** Offer the layers that were added through folium, and say that they may load from a network. */
export function foreignLayers(map) {
  const layers = {};
  let tiles = 0;
  map.eachLayer((layer) => {
    if (layer instanceof L.TileLayer)
      layers[`Tiles ${++tiles}: ${new URL(layer._url.replace(/[{}]/g, ""), "https://x.invalid").hostname}`] = layer;
  });
  const others = Object.keys(layers).length;
  if (!others) return null;
  L.control.layers({}, layers, { position: "topright", collapsed: true }).addTo(map);
  return "This page loads map tiles from a network; whoever runs that server can see what area you look at.";
}
