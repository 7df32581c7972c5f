// The list: the same items as the map, in the order of time; the map for those who do not see it.
import { actorTag } from "./emblems.js";
import { POSSIBLE, intervalOf } from "./clock.js";
import { byId, count, el, intervalText } from "./text.js";

const MOST = 200; // entries at once; thousands would make every change of the time wait

export function makeList(data, store, palette, hint) {
  const root = byId("list");
  let first = 0; // where the entries shown begin
  let written = []; // what the entries shown were made of

  /** Show the entries, unless they are the same as before; how many there are besides changes more often. */
  function draw() {
    const items = store.visible();
    first = Math.max(0, Math.min(first, items.length - MOST));
    const shown = items.slice(first, first + MOST);
    const { id, clock } = store.state;
    const now = [palette.dark(), clock, id, first, ...shown]; // an item that is known otherwise is another object
    if (now.length !== written.length || now.some((one, i) => one !== written[i])) fill(shown);
    written = now;
    rest(items.length, items.length - first - shown.length);
  }

  function fill(shown) {
    const active = root.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    root.replaceChildren(
      ...(shown.length ? groups(shown) : [el("p", { class: "empty", text: nothing() })]),
      el("div", { class: "rest" }),
    );
    if (active) root.querySelector(`[data-id="${CSS.escape(active)}"]`)?.focus();
  }

  /** Tell how many entries follow those shown, and how many items are not in the list. */
  function rest(all, after) {
    const hidden = data.items.length - all;
    for (const row of root.querySelectorAll("li")) row.setAttribute("aria-setsize", all);
    root.lastElementChild.replaceChildren(
      after ? more(`${after} more`, first + MOST) : "",
      hidden
        ? el("p", { class: "empty", text: `${hidden} not shown: later than the time chosen, or filtered out.` })
        : "",
    );
  }

  const nothing = () =>
    data.items.length
      ? "Nothing passes the filters at this time."
      : "The reports tell of no movement, area or incident.";

  /** Return the entries shown, those without a day on the clock apart, and a way to those before. */
  function groups(shown) {
    const split = shown.findIndex((item) => !intervalOf(item, store.state.clock));
    const dated = split < 0 ? shown.length : split;
    const undated = shown.length - dated;
    return [
      first ? more(`${first} earlier`, first - MOST) : "",
      dated || !undated ? el("h2", { text: "In time order" }) : "",
      dated ? rows(shown.slice(0, dated), 0) : "",
      undated ? el("h2", { text: "Date unknown, shown at any time" }) : "",
      undated ? rows(shown.slice(dated), dated) : "",
    ];
  }

  function more(text, to) {
    const show = () => {
      first = to;
      draw();
      root.querySelector(".entry")?.focus();
      for (const one of [root, root.parentElement]) one.scrollTop = 0; // which of them scrolls, the width decides
    };
    return el("button", { type: "button", class: "text-button", text, onclick: show });
  }

  function rows(items, skipped) {
    const row = (item, i) => el("li", { "aria-posinset": first + skipped + i + 1 }, button(item));
    return el("ol", {}, ...items.map(row));
  }

  function button(item) {
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
      actorTag(data.actors, item.actor, palette),
      el("span", {
        class: item.status === "denied" ? "what struck" : "what",
        dir: item.type === "movement" ? "ltr" : "auto",
        text: item.label,
      }),
      el("span", { class: "date", dir: "auto", text: item.type === "incident" ? `${item.kind} · ${date}` : date }),
      item.possible ? el("span", { class: "chip", title: POSSIBLE, text: "possibly" }) : "",
      item.tellings ? el("span", { class: "chip", text: count(item.tellings.length, "report") }) : "",
      item.status && item.status !== "completed" ? el("span", { class: "chip", text: item.status }) : "",
      item.notDrawn ? el("span", { class: "undrawn", dir: "auto", text: item.notDrawn }) : "",
    );
  }

  /** Move the focus to an entry, to where it is shown. */
  function focus(id) {
    const at = store.visible().findIndex((item) => item.id === id);
    if (at < 0) return;
    if (at < first || at >= first + MOST) {
      first = Math.max(0, at - MOST / 2);
      draw();
    }
    root.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  draw();
  return { draw, focus };
}
