// The clock: as of a day, a window of days, or all; by event or by report; a step is the next change.
import { intervalOf } from "./clock.js";
import { passes } from "./state.js";
import { byId, el, icon, dayText, MONTHS, count } from "./text.js";

const SPEEDS = [1600, 800, 400];
const MOST_DOTS = 32; // as many as there is room for; the number beside them counts all

export function makeTime(data, store, palette, announce) {
  const root = byId("time");
  let timer = null;
  let speed = 0;
  if (data.first === null) {
    const shown = data.items.length
      ? ` What ${data.items.length === 1 ? "it tells" : "they tell"} is shown at any time.`
      : "";
    root.append(el("p", { class: "empty", text: `No report gives a date.${shown}` }));
    return { draw: () => {}, step: () => {}, play: () => {} };
  }
  const canvas = el("canvas", { class: "chart", "aria-hidden": "true" });
  const slide = (label, set) =>
    el("input", {
      type: "range",
      min: data.first,
      max: data.last,
      step: 1,
      "aria-label": label,
      oninput: (event) => set(Number(event.target.value)),
    });
  const end = slide("Day shown", (t) =>
    store.set({ t, from: Math.min(store.state.from, t), mode: store.state.mode === "all" ? "asof" : store.state.mode }),
  );
  const start = slide("First day of the window", (from) => store.set({ from, t: Math.max(store.state.t, from) }));
  start.className = "start";
  const toolbar = el("div", { class: "toolbar" });
  const track = el("div", { class: "track" }, canvas, start, end);
  const apart = el("div", { class: "lane" });
  root.append(toolbar, el("div", { class: "tracks" }, apart, track));

  const button = (name, label, act) =>
    el(
      "button",
      { type: "button", class: "icon", "aria-label": label, title: label, "data-act": name, onclick: act },
      icon(name),
    );

  function choice(name, label, options) {
    const group = el("span", { class: "choice", role: "group", "aria-label": label });
    for (const [value, text] of options) {
      group.append(
        el("button", {
          type: "button",
          "data-act": value,
          "aria-pressed": String(store.state[name] === value),
          text,
          onclick: () => store.set({ [name]: value }),
        }),
      );
    }
    return group;
  }

  function draw() {
    const active = document.activeElement?.dataset?.act;
    toolbar.replaceChildren(
      button("first", "First change", () => store.set({ t: store.changes()[0] ?? data.first })),
      button("back", "Change before (←)", () => step(-1)),
      button(timer ? "pause" : "play", timer ? "Stop (Space)" : "Play (Space)", play),
      button("next", "Next change (→)", () => step(1)),
      button("last", "Last day", () => store.set({ t: data.lastDay })),
      el("button", {
        type: "button",
        class: "text-button",
        "data-act": "speed",
        "aria-label": "Speed of playing",
        text: `×${2 ** speed}`,
        onclick: () => {
          speed = (speed + 1) % 3;
          draw();
        },
      }),
      choice("mode", "Which time", [
        ["asof", "As of"],
        ["window", "Window"],
        ["all", "All"],
      ]),
      choice("clock", "Which date", [
        ["event", "event time"],
        ["report", "report time"],
      ]),
      el("output", { class: "now", text: nowText(store.state, data) }),
    );
    drawLane();
    if (active) toolbar.querySelector(`[data-act="${active}"]`)?.focus();
    end.value = store.state.t;
    end.setAttribute("aria-valuetext", dayText(store.state.t));
    start.value = store.state.from;
    start.setAttribute("aria-valuetext", dayText(store.state.from));
    start.hidden = store.state.mode !== "window";
    chart();
  }

  /** Show beside the line the items that have no place on it. */
  function drawLane() {
    const { undated } = datedOf(store.state, data);
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

  function step(by) {
    const days = store.changes();
    const t = by > 0 ? days.find((day) => day > store.state.t) : days.findLast((day) => day < store.state.t);
    if (t === undefined) return false;
    store.set({ t, from: Math.min(store.state.from, t), mode: store.state.mode === "all" ? "asof" : store.state.mode });
    const started = data.items.filter((item) => intervalOf(item, store.state.clock)?.[0] === t).length;
    announce(`${dayText(t)}, ${count(started, "change")}`);
    return true;
  }

  /** Play from here, or from the first change when at the end; stops at the end. */
  function play() {
    if (timer) return stop();
    const days = store.changes();
    if (store.state.t >= (days.at(-1) ?? store.state.t)) store.set({ t: days[0] ?? data.first, mode: "asof" });
    const tick = () => {
      timer = step(1) ? setTimeout(tick, SPEEDS[speed]) : null;
      draw();
    };
    timer = setTimeout(tick, SPEEDS[speed]);
    return draw();
  }

  function stop() {
    clearTimeout(timer);
    timer = null;
    draw();
  }

  function chart() {
    const width = track.clientWidth || 600;
    const height = track.clientHeight || 56;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const span = Math.max(1, data.last - data.first);
    const x = (day) => 8 + ((day - data.first) / span) * (width - 16);
    const actors = [...new Set(data.items.map((item) => item.actor))];
    const base = height - 16;
    const lane = Math.min(9, (base - 4) / Math.max(1, actors.length));
    for (const item of data.items) {
      const interval = intervalOf(item, store.state.clock);
      if (interval) bar(ctx, item, interval, { x, y: base - 3 - (actors.indexOf(item.actor) + 1) * lane, lane });
    }
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.of("admin");
    ctx.fillRect(8, base, width - 16, 1);
    ticks(ctx, { x, width, base });
    marker(ctx, x(store.state.t), base);
    if (store.state.mode === "window") {
      ctx.globalAlpha = 0.1;
      ctx.fillRect(x(store.state.from), 0, x(store.state.t) - x(store.state.from), base);
    }
  }

  function bar(ctx, item, [first, last], { x, y, lane }) {
    const left = x(first);
    ctx.globalAlpha = store.shown(item) ? 0.9 : 0.22;
    ctx.fillStyle = palette.actor(item.actor);
    const stacked = data.items.filter(
      (other) =>
        other.rank < item.rank && other.actor === item.actor && intervalOf(other, store.state.clock)?.[0] === first,
    ).length;
    ctx.fillRect(left - 4 + stacked * 3, y + 1, Math.max(8, x(last) - left), lane - 2);
  }

  function marker(ctx, at, base) {
    if (store.state.mode === "all") return;
    ctx.fillStyle = palette.of("text");
    ctx.fillRect(at - 0.75, 4, 1.5, base);
    ctx.beginPath();
    ctx.arc(at, 6, 5, 0, 7);
    ctx.fill();
  }

  function ticks(ctx, { x, width, base }) {
    ctx.fillStyle = palette.of("secondary");
    ctx.font = "11px system-ui, sans-serif";
    ctx.textAlign = "left";
    let free = 0;
    for (const [day, text] of dates(data.first, data.last)) {
      const at = Math.min(x(day), width - 60);
      if (at < free) continue;
      ctx.fillRect(x(day), base, 1, 4);
      ctx.fillText(text, at + 3, base + 13);
      free = at + ctx.measureText(text).width + 18;
    }
  }

  new ResizeObserver(chart).observe(track);
  draw();
  return { draw, step, play };
}

/** Return [day, label] for the scale: days within two months, else months, else years. */
function dates(first, last) {
  const found = [];
  const span = last - first;
  for (let day = first; day <= last; day++) {
    const date = new Date(day * 864e5);
    const [month, of] = [MONTHS[date.getUTCMonth()], date.getUTCDate()];
    if (day === first) found.push([day, dayText(day)]);
    else if (span <= 62) found.push([day, `${of} ${month}`]);
    else if (of === 1 && (span < 1500 || date.getUTCMonth() === 0))
      found.push([day, `${month} ${date.getUTCFullYear()}`]);
  }
  return found;
}

/** Return the items that pass the filters, by whether the clock in use has a day for them. */
function datedOf(state, data) {
  const passing = data.items.filter((item) => passes(item, state));
  const [dated, undated] = [true, false].map((has) =>
    passing.filter((item) => Boolean(intervalOf(item, state.clock)) === has),
  );
  return { dated, undated };
}

/** Return how many items the time shown speaks of, and how many not; nothing where all have a day. */
export function datedText(state, data) {
  const { dated, undated } = datedOf(state, data);
  return undated.length && state.t !== null ? ` · ${dated.length} dated, ${undated.length} undated` : "";
}

export function nowText(state, data) {
  if (state.t === null) return "No dates";
  if (state.mode === "all") return `All, ${dayText(data.first)} – ${dayText(data.last)}`;
  if (state.mode === "window") return `${dayText(state.from)} – ${dayText(state.t)}`;
  return `As of ${dayText(state.t)}`;
}
