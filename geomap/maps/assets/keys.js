// The keyboard: everything the pointer can do.
import { byId } from "./text.js";

export function bindKeys({ store, time, panels, list, card, scene, toggles }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
    const typing = event.target.matches("input[type=search], textarea, select");
    if (event.key === "Escape") return escape();
    if (typing || (event.target.matches("input[type=range]") && event.key.startsWith("Arrow"))) return;
    if ((event.key === " " || event.key === "Enter") && event.target.matches("button, input, summary, a")) return;
    const act = {
      j: () => walk(1),
      k: () => walk(-1),
      "/": toggles.search,
      l: () => toggles.legend(),
      d: toggles.dark,
      p: panels.print,
      "?": panels.about,
      0: scene.fit,
      " ": time.play,
      ArrowLeft: () => time.step(-1),
      ArrowRight: () => time.step(1),
      Enter: card.focus,
    }[event.key];
    if (!act || (event.key.startsWith("Arrow") && event.target.closest(".leaflet-container"))) return;
    event.preventDefault();
    act();
  });

  function escape() {
    if (byId("filters").getAttribute("aria-expanded") === "true") return toggles.legend(false);
    if (store.state.query) return store.set({ query: "" });
    const id = store.state.id;
    if (!id) return;
    store.set({ id: null });
    list.focus(id);
  }

  function walk(by) {
    const items = store.visible();
    if (!items.length) return;
    const from = store.state.id ?? document.activeElement?.dataset.id;
    const at = items.findIndex((item) => item.id === from);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.max(0, Math.min(items.length - 1, at + by));
    store.set({ id: items[next].id });
    list.focus(items[next].id);
  }
}
