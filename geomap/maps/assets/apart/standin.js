/* Runs on the page of a host that takes a folium map apart: shows our whole page in a frame, and answers for its map. */
(packed, south, west, north, east) => {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const frame = document.createElement("iframe");
  frame.title = "Map";
  frame.srcdoc = new TextDecoder().decode(bytes);
  frame.style.cssText = "position:absolute;left:0;top:0;width:100%;height:100%;border:0;z-index:100000";
  const home = document.getElementById("map_div") ?? document.body;
  home.style.position = "relative";
  home.append(frame);

  /* What the host asks of a library that is only inside the frame comes to nothing: the frame has all layers. */
  const nothing = new Proxy(function () {}, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => "" : nothing),
    set: () => true,
    apply: () => nothing,
    construct: () => nothing,
  });
  const inside = () => {
    try {
      const page = frame.contentWindow;
      return page.document.documentElement.dataset.ready ? page : null;
    } catch {
      return null; /* the host keeps frames apart */
    }
  };
  const mapOf = (page) => page[page.document.querySelector(".folium-map").id];
  for (const name of ["L", "$"]) {
    if (!(name in window))
      Object.defineProperty(window, name, { configurable: true, get: () => inside()?.[name] ?? nothing });
  }

  const corners = { _southWest: { lat: south, lng: west }, _northEast: { lat: north, lng: east } };
  const early = {
    _layers: {},
    getZoom: () => 1,
    getCenter: () => ({ lat: (south + north) / 2, lng: (west + east) / 2 }),
    getBounds: () => corners,
    wrapLatLng: (value) => value,
    wrapLatLngBounds: (value) => value,
  };
  const waiting = [];
  const kept = new Set(["on", "once", "off", "setView", "fitBounds"]);
  const map = new Proxy(early, {
    get(_, key) {
      const page = inside();
      if (page) {
        const value = mapOf(page)[key];
        return typeof value === "function" ? value.bind(mapOf(page)) : value;
      }
      if (key in early) return early[key];
      return (...given) => {
        if (kept.has(key)) waiting.push([key, given]);
        return nothing;
      };
    },
  });
  const timer = setInterval(() => {
    const page = inside();
    if (!page) return;
    clearInterval(timer);
    for (const [key, given] of waiting) mapOf(page)[key](...given);
    mapOf(page).fire("moveend"); /* tells the host what the map shows */
  }, 100);
  return map;
};
