// Puts the page together.
import { makeCard } from "./card.js";
import { readData } from "./data.js";
import { creditLayers } from "./drawn.js";
import { bindKeys } from "./keys.js";
import { makeLegend } from "./legend.js";
import { makeList } from "./list.js";
import { makePalette } from "./palette.js";
import { foreignLayers, makePanels } from "./panels.js";
import { makePaper } from "./paper.js";
import { makeScene } from "./scene.js";
import { makeSheet } from "./sheet.js";
import { fromHash, makeState, toHash } from "./state.js";
import { byId, count, el, icon } from "./text.js";
import { datedText, makeTime, nowText } from "./time.js";

async function start() {
  const data = await readData(byId("geomap-data"));
  const map = window[document.querySelector(".folium-map").id];
  const root = document.documentElement;
  root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const palette = makePalette(data.actors);
  const store = makeState(data);
  const asked = fromHash(location.hash, data);
  store.set(asked.changes);
  const announce = (text) => {
    byId("live").textContent = text;
  };
  const notice = foreignLayers(data);
  map.invalidateSize({ animate: false });
  const scene = makeScene(map, data, store, palette);
  const list = makeList(data, store, palette, scene.hint);
  const card = makeCard(data, store, palette, announce);
  const legend = makeLegend(data, store, palette);
  const time = makeTime(data, store, palette, announce);
  const panels = { ...makePanels(data), ...makePaper(data, store, scene, legend.draw) };
  const sheet = makeSheet();

  const toggles = {
    dark() {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      scene.repaintAll();
      for (const part of [legend, list, card, time]) part.draw();
    },
    /** Open the legend where it is folded away, and go to it; or close it. */
    legend(open = !byId("filters").offsetParent || !root.classList.contains("legend-open")) {
      root.classList.toggle("legend-open", open);
      byId("filters").setAttribute("aria-expanded", String(open));
      (open ? byId("legend").querySelector("input") : byId("filters"))?.focus();
    },
    search() {
      sheet.to("full");
      byId("search").focus();
    },
  };

  function head() {
    byId("stamp").replaceChildren(nowText(store.state, data), el("span", { class: "dated", text: datedText(store) }));
  }

  let writing = null;
  const remember = () => {
    clearTimeout(writing);
    const write = () => {
      const center = map.getCenter();
      try {
        history.replaceState(null, "", toHash(store.state, [center.lat, center.lng, map.getZoom()]));
      } catch {
        /* inside a notebook's frame there is no address to keep */
      }
    };
    writing = setTimeout(write, 250);
  };

  store.listen((state, changes) => {
    if ("id" in changes) chosen(state, changes);
    if (byId("search").value !== state.query) byId("search").value = state.query;
    for (const part of [list, card, time]) part.draw();
    if ("off" in changes) legend.draw();
    head();
    scene.repaint();
    remember();
    if (changes.focus) card.focus();
    if (changes.back) list.focus(changes.back);
  });

  function chosen(state, changes) {
    const item = data.byId.get(state.id);
    if (item) sheet.open();
    if (item && !changes.from_map) scene.show(item);
    if (item) announce(item.sentence);
  }

  for (const name of ["filters", "find", "dark", "print", "picture", "help"]) byId(name).append(icon(name));
  byId("zoomFit").append(icon("zoomFit"));
  const clicks = {
    filters: () => toggles.legend(),
    find: toggles.search,
    dark: toggles.dark,
    print: panels.print,
    picture: panels.picture,
    help: panels.about,
    zoomIn: () => map.zoomIn(),
    zoomOut: () => map.zoomOut(),
    zoomFit: scene.fit,
    notices: panels.notices,
  };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", act);
  byId("search").addEventListener("input", (event) => store.set({ query: event.target.value }));
  map.on("moveend", remember);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  window.addEventListener("hashchange", () => {
    const { changes } = fromHash(location.hash, data);
    store.set(changes);
  });
  bindKeys({ store, time, panels, list, card, scene, toggles });

  byId("attribution").textContent = [...new Set(["Leaflet", ...(data.about.ground ?? [])])].join(" · ");
  creditLayers(map, byId("attribution"));
  if (notice) {
    byId("notice").textContent = notice;
    byId("notice").hidden = false;
  }
  byId("plain").remove();
  head();
  byId("counts").textContent = countsText(data);
  if (asked.view) map.setView([asked.view[0], asked.view[1]], asked.view[2], { animate: false });
  else if (data.fit) scene.fit();
  scene.begin();
  root.dataset.ready = "true";
}

/** Return how many items and sources the map holds. */
function countsText(data) {
  const of = (type) => data.items.filter((item) => item.type === type).length;
  const sources = new Set(data.items.flatMap((item) => item.claims.map((claim) => claim.publisher ?? claim.report)));
  const counts = { movement: of("movement"), area: of("area"), incident: of("incident"), source: sources.size };
  return Object.entries(counts)
    .filter(([, number]) => number)
    .map(([what, number]) => count(number, what))
    .join(" · ");
}

start().catch((error) => {
  document.documentElement.classList.remove("live"); // the plain picture and list stand in
  throw error;
});
