// The time bar: which days, by event or by report; the buttons that step and play; the track they move on.
import { intervalOf } from "./clock.js";
import { makePlayer } from "./player.js";
import { byId, el, icon, dayText, intervalText } from "./text.js";
import { makeTrack } from "./track.js";

const MOST_DOTS = 32; // as many as there is room for; the number beside them counts all

export function makeTime(data, store, palette, announce) {
  const root = byId("time");
  if (data.first === null) {
    const shown = data.items.length
      ? ` What ${data.items.length === 1 ? "it tells" : "they tell"} is shown at any time.`
      : "";
    root.append(el("p", { class: "empty", text: `No report gives a date.${shown}` }));
    return { draw: () => {}, step: () => {}, play: () => {} };
  }
  const player = makePlayer(data, store, announce, drawButtons);
  const clamp = (day) => Math.max(data.first, Math.min(data.last, day));
  const track = makeTrack(data, store, palette, {
    end(day) {
      const t = clamp(day);
      const { from, mode } = store.state;
      store.set({ t, from: Math.min(from, t), mode: mode === "all" ? "asof" : mode });
    },
    start(day) {
      const from = clamp(day);
      store.set({ from, t: Math.max(store.state.t, from) });
    },
    /** Move the window as it was by some days, as far as there are days. */
    slide(by, from, t) {
      const far = Math.max(data.first - from, Math.min(data.last - t, by));
      store.set({ from: from + far, t: t + far });
    },
  });

  const button = (name, label, act) =>
    el("button", { type: "button", class: "icon", "data-act": name, onclick: act, ...named(label) }, icon(name));
  const named = (label) => ({ "aria-label": label, title: label });
  const playing = button("play", "Play (Space)", player.play);
  const speed = el("button", {
    type: "button",
    class: "text-button",
    "data-act": "speed",
    onclick: player.faster,
  });
  const choices = [
    choice("mode", "Which time", [
      ["asof", "As of", "What is told up to a day"],
      ["window", "Window", "What is told of the days of a window"],
      ["all", "All", "Everything, whatever its time"],
    ]),
    choice("clock", "Which date", [
      ["event", "event time", "By the day on which it happened, or is to happen"],
      ["report", "report time", "By the day on which it was reported, and as it was known then"],
    ]),
  ];
  const more = el("div", { class: "more", id: "timeMore" }, speed, ...choices.map(({ group }) => group));
  const moreButton = el("button", {
    type: "button",
    class: "icon more-button",
    "aria-controls": "timeMore",
    "aria-expanded": "false",
    text: "⋯",
    onclick: () => open(!root.classList.contains("more-open")),
    ...named("More of the time"),
  });
  const now = el("span", { class: "now" });
  const shown = el("span", { class: "shown quiet" });
  const items = data.items.length === 1 ? " item" : " items";
  const apart = el("div", { class: "lane" });
  root.append(
    el(
      "div",
      { class: "toolbar" },
      button("first", "First change", () => jump(store.changes().days[0] ?? data.first)),
      button("back", "Change before (←)", () => player.step(-1)),
      playing,
      button("next", "Next change (→)", () => player.step(1)),
      button("last", "Last day", () => jump(data.lastDay)),
      more,
      now,
      shown,
      moreButton,
    ),
    el("div", { class: "tracks" }, apart, track.node),
  );
  document.addEventListener("pointerdown", (event) => {
    if (!more.contains(event.target) && event.target !== moreButton) open(false);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.classList.contains("more-open")) return;
    event.stopPropagation();
    open(false);
    moreButton.focus();
  });

  const jump = (t) =>
    store.set({ t, from: Math.min(store.state.from, t), mode: store.state.mode === "all" ? "asof" : store.state.mode });

  /** Show or hide what does not fit a narrow bar. */
  function open(wanted) {
    root.classList.toggle("more-open", wanted);
    moreButton.setAttribute("aria-expanded", String(wanted));
  }

  function choice(name, label, options) {
    const buttons = options.map(([value, text, title]) =>
      el("button", {
        type: "button",
        "data-act": value,
        text,
        title,
        onclick: () => store.set({ [name]: value }),
      }),
    );
    return { name, buttons, group: el("span", { class: "choice", role: "group", "aria-label": label }, ...buttons) };
  }

  function drawButtons() {
    const name = player.isPlaying() ? "pause" : "play";
    if (playing.dataset.act !== name) {
      playing.dataset.act = name;
      playing.replaceChildren(icon(name));
      for (const [attribute, value] of Object.entries(named(name === "pause" ? "Stop (Space)" : "Play (Space)")))
        playing.setAttribute(attribute, value);
    }
    speed.textContent = `×${player.speed()}`;
    speed.setAttribute("aria-label", `Speed of playing ×${player.speed()}`);
    for (const { name: what, buttons } of choices)
      for (const one of buttons) one.setAttribute("aria-pressed", String(store.state[what] === one.dataset.act));
  }

  let apartOf = null; // the items whose undated ones are drawn

  /** Show beside the line the items that have no place on it. */
  function drawLane() {
    const passing = store.passing();
    const key = `${store.state.clock} ${palette.of("text")}`;
    if (apartOf?.passing === passing && apartOf.key === key) return;
    apartOf = { passing, key };
    const undated = undatedOf(passing, store.state);
    apart.hidden = !undated.length;
    const dots = undated.slice(0, MOST_DOTS).map((item) => {
      const mark = el("i", { class: "dot", title: item.whenText ? `“${item.whenText}”` : null });
      mark.style.background = palette.actor(item.actor);
      return mark;
    });
    apart.replaceChildren(
      el("span", { text: `Date unknown: ${undated.length}` }),
      el("span", { class: "dots", "aria-hidden": "true" }, ...dots),
      el("span", { class: "quiet", text: "shown at any time" }),
    );
  }

  function draw() {
    drawButtons();
    drawLane();
    const [, lead, days] = nowText(store.state, data).match(/^(As of |All, )?(.*)$/);
    now.replaceChildren(el("span", { text: lead ?? "" }), days); // a narrow page says the first words in its head
    shown.replaceChildren(`${store.visible().length} of ${data.items.length}`, el("span", { text: items }));
    track.update();
  }

  draw();
  return { draw, step: player.step, play: player.play };
}

const undatedIn = new WeakMap(); // what passes the filters is one list until the filters or the clock change

/** Return the items of a list that have no day on the clock in use. */
function undatedOf(items, { clock }) {
  if (!undatedIn.has(items))
    undatedIn.set(
      items,
      items.filter((item) => !intervalOf(item, clock)),
    );
  return undatedIn.get(items);
}

/** Return how many items the time shown speaks of, and how many not; nothing where all have a day. */
export function datedText(store) {
  const items = store.passing();
  const undated = undatedOf(items, store.state).length;
  return undated && store.state.t !== null ? ` · ${items.length - undated} dated, ${undated} undated` : "";
}

export function nowText(state, data) {
  if (state.t === null) return "No dates";
  if (state.mode === "all") return `All, ${intervalText([data.first, data.last])}`;
  if (state.mode === "window") return intervalText([state.from, state.t]);
  return `As of ${dayText(state.t)}`;
}
