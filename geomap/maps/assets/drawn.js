// What folium's layer control switches: which of what the page draws is on the map.

const NAMES = { area: "areas", movement: "movements", incident: "incidents" };

/** Follow the switches on a map; `changed` is called after each with what was switched. */
export function makeDrawn(map, changed) {
  const on = new Set();
  map.eachLayer((layer) => on.add(layer.options?.drawn));
  const follow =
    (act) =>
    ({ layer }) => {
      const name = layer.options?.drawn;
      if (!name) return;
      on[act](name);
      changed(name);
    };
  map.on("layeradd", follow("add"));
  map.on("layerremove", follow("delete"));
  return { has: (name) => on.has(name), shows: (item) => on.has(NAMES[item.type]) };
}

/** Paint what is left where the ground is switched off. */
export function paintSea({ ctx, width, height }, palette) {
  ctx.fillStyle = palette.of("sea");
  ctx.fillRect(0, 0, width, height);
}

/** Name the makers of layers behind the other notices, as long as their layers show. */
export function creditLayers(map, notices) {
  const credits = document.createElement("span");
  notices.append(credits);
  const draw = () => {
    const said = [];
    map.eachLayer((layer) => said.push(layer.getAttribution?.()));
    const plain = [...new Set(said.filter(Boolean))].map(
      (html) => new DOMParser().parseFromString(html, "text/html").body.textContent,
    );
    credits.textContent = plain.map((text) => ` · ${text}`).join("");
  };
  map.on("layeradd layerremove", draw);
  draw();
}
