// The map itself: ground below, story above, pointing and choosing, scale bar.
import { joinedBox } from "./boxes.js";
import { CanvasLayer, pixelsOf } from "./canvas.js";
import { unit, latOf } from "./data.js";
import { makeDrawn, paintSea } from "./drawn.js";
import { paintGround, paintNames, readGround } from "./ground.js";
import { makeBoxes } from "./labels.js";
import { lanesOf } from "./lanes.js";
import { nearness } from "./shapes.js";
import { paintStory } from "./story.js";
import { loadSymbols } from "./symbols.js";
import { makeTravel } from "./travel.js";
import { byId, el } from "./text.js";

const REACH = 12; // pixels: half of a 24-pixel target

export function makeScene(map, data, store, palette) {
  const ground = readGround(data.base);
  const tip = byId("tip");
  let painted = { hits: [], crowd: null };
  let hinted = null;
  let lanes = { key: null, of: new Map() };
  map.createPane("ground").style.zIndex = 150;
  map.createPane("story").style.zIndex = 410;
  map.getPane("story").style.pointerEvents = "none";
  const drawn = makeDrawn(map, () => {
    below.redraw();
    above.redraw();
  });
  const paintBelow = (view) => (drawn.has("ground") ? paintGround(view, ground, palette) : paintSea(view, palette));
  const below = new CanvasLayer(paintBelow, { pane: "ground" });
  const above = new CanvasLayer(paint, { pane: "story" });

  const symbols = loadSymbols(data.symbols, () => above.redraw());
  const chosen = () => painted.hits.find((hit) => hit.item.id === store.state.id && hit.parts);
  makeTravel(map, above, palette, chosen);

  function* paint(view) {
    const items = store.visible().filter(drawn.shows);
    const boxes = makeBoxes();
    const [left, top, right, bottom] = view.visible;
    boxes.take([left, bottom - 60, left + 130, bottom]); // the scale bar
    boxes.take([left, bottom - 24, right, bottom]); // the notices
    boxes.take([right - 50, top, right, top + 108]); // the buttons
    painted = yield* paintStory(view, items, {
      palette,
      lanesFor,
      selected: store.state.id,
      hinted,
      actors: data.actors,
      regions: data.regions,
      boxes,
      alone: data.places,
      drawn,
      symbols,
    });
    if (drawn.has("ground")) paintNames(view, ground, palette, boxes, painted.names);
    paintScale();
  }

  /** Return the lanes of movements; counted anew only when these change, not on each move of the map. */
  function lanesFor(moving) {
    const key = moving.map((item) => item.id).join("\n");
    if (lanes.key !== key) lanes = { key, of: lanesOf(moving) };
    return lanes.of;
  }

  /** Return what lies under a container point: lines and marks before areas, the nearest first. */
  function under(point) {
    const view = above.view;
    if (!view) return []; // nothing is painted yet
    const here = map.getPixelOrigin().add(map.containerPointToLayerPoint(point)).subtract(view.world);
    const found = painted.hits.map((hit) => ({ item: hit.item, far: hit.near(here.x, here.y) }));
    return [...found, ...inCrowd(view, here)]
      .filter(({ far }) => far <= REACH)
      .sort((a, b) => a.far - b.far)
      .map(({ item }) => item);
  }

  /** Return the lines of a crowd that may be near a point of the canvas, each with how far it is. */
  function inCrowd(view, { x, y }) {
    if (!painted.crowd) return [];
    const around = [x - REACH, y - REACH, x + REACH, y + REACH];
    const box = around.map((value, i) => (value + (i % 2 ? view.y : view.x)) / view.scale);
    return data
      .search(box)
      .flatMap(({ id }) => painted.crowd.get(id) ?? [])
      .map((item) => ({ item, far: Math.min(...item.legs.map((leg) => nearness(pixelsOf(view, leg), x, y))) }));
  }

  map.on("mousemove", (event) => {
    const [item] = under(event.containerPoint);
    map.getContainer().style.cursor = item ? "pointer" : "";
    tip.hidden = !item;
    if (!item) return;
    tip.textContent = item.sentence;
    tip.style.left = `${Math.min(event.containerPoint.x + 14, map.getSize().x - 250)}px`;
    tip.style.top = `${event.containerPoint.y + 14}px`;
  });
  map.on("mouseout", () => {
    tip.hidden = true;
  });
  map.on("click", (event) => {
    const found = under(event.containerPoint);
    const at = found.findIndex((item) => item.id === store.state.id);
    const next = found[(at + 1) % (found.length || 1)]; // a second click takes what lies beneath
    store.set({ id: next ? next.id : null, from_map: true });
  });

  function paintScale() {
    const size = map.getSize();
    const metres = map.distance(
      map.containerPointToLatLng([0, size.y - 30]),
      map.containerPointToLatLng([100, size.y - 30]),
    );
    const step = 10 ** Math.floor(Math.log10(metres));
    const nice = [5, 2, 1].find((n) => n * step <= metres) * step;
    const bar = el("span", { class: "scalebar" });
    bar.style.width = `${(100 * nice) / metres}px`;
    byId("scale").replaceChildren(el("span", { text: nice >= 1000 ? `${nice / 1000} km` : `${nice} m` }), bar);
  }

  function boundsOf(item) {
    const boxes = [
      ...item.legs,
      ...(item.shape?.lines ?? []),
      ...(item.shape?.rings.map((rings) => rings[0]) ?? []),
    ].map((part) => part.box);
    for (const id of item.regions) boxes.push(...data.regions.get(id).rings.map(([{ box }]) => box));
    for (const { place } of item.type === "area" ? [] : item.refs) {
      if (place && !place.extent) boxes.push([...unit(place.x, place.y), ...unit(place.x, place.y)]);
    }
    if (!boxes.length) return null;
    const [w, n, e, s] = joinedBox(boxes);
    return L.latLngBounds([latOf(s), w * 360 - 180], [latOf(n), e * 360 - 180]);
  }

  /** Show the whole story, or the world where there is none. */
  function fit() {
    const [w, s, e, n] = data.view ?? [-120, -45, 150, 65];
    map.invalidateSize({ animate: false }); // the clock below it may have taken room since it was made
    map.fitBounds(
      [
        [s, w],
        [n, e],
      ],
      { paddingTopLeft: [40, 40], paddingBottomRight: [60, 44], maxZoom: 10, animate: false },
    );
  }

  return {
    /** Start to paint, when the map shows what it is to show first. */
    begin() {
      below.addTo(map);
      above.addTo(map);
    },
    repaint: () => above.redraw(),
    /** Finish what is being painted, before a picture of it is taken. */
    settle() {
      below.settle();
      above.settle();
    },
    /** Paint with at least so many pixels to one of the screen, at once; return what goes back to the screen's own. */
    sharpen(ratio) {
      const paintAt = (least) => {
        for (const layer of [below, above]) {
          layer.options.ratio = least;
          layer.redraw();
          layer.settle();
        }
      };
      paintAt(ratio);
      return () => paintAt(0);
    },
    /** Show lightly where an item pointed at in the list is; null ends it. */
    hint(id) {
      if (id === hinted) return;
      hinted = id;
      above.redraw();
    },
    repaintAll() {
      palette.refresh();
      below.redraw();
      above.redraw();
    },
    fit,
    /** Bring an item into view without zooming further than its neighbourhood. */
    show(item) {
      const bounds = boundsOf(item);
      if (!bounds || map.getBounds().contains(bounds)) return;
      const country =
        !item.legs.length && !item.spots.length && item.regions.some((id) => data.regions.get(id).country);
      if (country && map.getBounds().intersects(bounds)) return; // a whole country would hide the story
      map.fitBounds(bounds, {
        padding: [60, 60],
        maxZoom: Math.max(8, map.getZoom()),
        animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      });
    },
    /** Change the map's shape, keep what it shows, or the story if it shows all of it; return what brings the old view back. */
    reshape(change) {
      const [bounds, center, zoom] = [map.getBounds(), map.getCenter(), map.getZoom()];
      const [w, s, e, n] = data.view ?? [-180, -90, 180, 90];
      const story = L.latLngBounds([s, w], [n, e]);
      change();
      map.invalidateSize({ animate: false });
      if (bounds.contains(story)) fit();
      else map.fitBounds(bounds, { animate: false });
      return () => {
        map.invalidateSize({ animate: false });
        map.setView(center, zoom, { animate: false });
      };
    },
    canvases: () => [below.canvas, above.canvas],
    view: () => above.view,
  };
}
