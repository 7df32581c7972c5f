// The list: the same items as the map, in the order of time; the map for those who do not see it.
import { intervalOf } from "./clock.js";
import { byId, count, el, intervalText } from "./text.js";

export function makeList(data, store, palette, hint) {
  const root = byId("list");

  function draw() {
    const items = store.visible();
    const active = root.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const hidden = data.items.length - items.length;
    const dated = items.filter((item) => intervalOf(item, store.state.clock));
    const undated = items.filter((item) => !intervalOf(item, store.state.clock));
    root.replaceChildren(
      el("h2", { text: "In time order" }),
      rows(dated),
      undated.length ? el("h2", { text: "Date unknown, shown at any time" }) : "",
      undated.length ? rows(undated) : "",
      items.length
        ? ""
        : el("p", {
            class: "empty",
            text: data.items.length
              ? "Nothing passes the filters at this time."
              : "The reports tell of no movement, area or incident.",
          }),
      hidden
        ? el("p", { class: "empty", text: `${hidden} not shown: later than the time chosen, or filtered out.` })
        : "",
    );
    if (active) focus(active);
  }

  const rows = (items) => el("ol", {}, ...items.map((item) => el("li", {}, button(item))));

  function button(item) {
    const tag = el("b", { class: "tag", text: item.actor < 0 ? "?" : data.actors[item.actor].tag });
    tag.style.color = palette.actorWords(item.actor);
    const when = intervalOf(item, store.state.clock);
    const date = when ? intervalText(when) : (item.whenText ?? "no date given");
    return el(
      "button",
      {
        type: "button",
        class: "entry",
        "data-id": item.id,
        "aria-current": item.id === store.state.id ? "true" : null,
        "aria-label": `${item.sentence} ${date}`,
        onclick: () => store.set({ id: item.id, focus: true }),
        onmouseenter: () => hint(item.regions.length ? item.id : null),
        onmouseleave: () => hint(null),
      },
      tag,
      el("span", { class: item.status === "denied" ? "what struck" : "what", dir: "auto", text: item.label }),
      el("span", { class: "date", dir: "auto", text: item.type === "incident" ? `${item.kind} · ${date}` : date }),
      item.tellings ? el("span", { class: "chip", text: count(item.tellings.length, "report") }) : "",
      item.status && item.status !== "completed" ? el("span", { class: "chip", text: item.status }) : "",
      item.notDrawn ? el("span", { class: "undrawn", dir: "auto", text: item.notDrawn }) : "",
    );
  }

  const focus = (id) => root.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus();

  draw();
  return { draw, focus };
}
