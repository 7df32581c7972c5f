// The part of the time bar that is pointed at: the drawing, what time leaves out veiled, and the handles of the clock.
import { makeScale, stretchesOf } from "./axis.js";
import { spansOf } from "./clock.js";
import { lanesOfActors, paintTimeline } from "./timeline.js";
import { count, dayText, el, intervalText } from "./text.js";

const NEAR = 22; // pixels round a handle in which a finger takes it
const GRIP_ROOM = 14; // pixels at the right, so that a handle on the last day can be taken
const NO_TAGS = 600; // pixels below which the lanes have no tags
const WIDEST = 96; // pixels of a day
const STILL = 3; // pixels that a pointer may move and yet only have clicked

export function makeTrack(data, store, palette, clock) {
  const canvas = el("canvas", { class: "chart", "aria-hidden": "true" });
  const veils = ["before", "after"].map((side) => el("div", { class: `veil ${side}` }));
  const band = el("div", { class: "band" });
  const chosen = el("div", { class: "chosen", hidden: true });
  const start = handle("start", "First day of the window", (day) => clock.start(day));
  const end = handle("end", "Day shown", (day) => clock.end(day));
  const tip = el("div", { class: "time-tip", hidden: true });
  const node = el("div", { class: "track", dir: "ltr" }, canvas, ...veils, band, chosen, start.node, end.node, tip);
  const intervals = intervalsOf(data);
  const stretches = stretchesOf(intervals, data.first, data.last);
  const days = stretches.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const lanes = lanesOfActors(
    data.items.filter((item) => item.event || item.reports.length),
    data.actors,
  );
  let size = [600, 56]; // as last told: asking for it on each step would have the whole page laid out
  let scale = null;
  let drawn = { key: [] };
  let held = null; // what the pointer drags

  /** Return a handle: a range for the keyboard and for screen readers, drawn and dragged by what is round it. */
  function handle(name, label, set) {
    const range = el("input", {
      type: "range",
      min: data.first,
      max: data.last,
      step: 1,
      "aria-label": label,
      oninput: (event) => set(Number(event.target.value)),
      onkeydown: (event) => nudge(event, set),
    });
    return { range, node: el("div", { class: `handle ${name}` }, range) };
  }

  /** Move by a day, or by the part of a long story that a pixel or so shows; ten times as far by page, or the window. */
  function nudge(event, set) {
    const far = Math.max(1, Math.round((data.last - data.first) / 700));
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (!by) return;
    event.preventDefault();
    const { mode, from, t } = store.state;
    if (event.shiftKey && mode === "window") clock.slide(by * far, from, t);
    else set(Number(event.target.value) + by * far);
  }

  function update() {
    const { state } = store;
    paint();
    const windowed = state.mode === "window";
    const [x0, x1] = [windowed ? scale.x(state.from) : scale.left, scale.x(state.t + 1)];
    const all = state.mode === "all";
    place(veils[0], scale.left, windowed ? x0 : scale.left);
    place(veils[1], all ? scale.right : x1, scale.right);
    place(band, x0, x1);
    band.hidden = !windowed;
    start.node.hidden = !windowed;
    end.node.classList.toggle("off", all);
    for (const [{ range, node: box }, day, x] of [
      [start, state.from, x0],
      [end, state.t, all ? scale.right : x1],
    ]) {
      range.value = day;
      range.setAttribute("aria-valuetext", all ? "all days" : dayText(day));
      box.style.transform = `translateX(${x}px)`;
    }
    mark(data.byId.get(state.id));
  }

  function place(part, x0, x1) {
    part.style.transform = `translateX(${x0}px)`;
    part.style.width = `${Math.max(0, x1 - x0)}px`;
  }

  /** Draw anew only what has changed: not the time, which veils and handles show. */
  function paint() {
    const [width, height] = size;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const { clock: reading } = store.state;
    const items = store.passing();
    const key = [width, height, ratio, items, reading, palette.of("text")];
    if (key.every((part, i) => part === drawn.key[i])) return;
    const narrow = width < NO_TAGS;
    const left = narrow ? 12 : lanes.lanes.length > 4 ? 56 : 34;
    scale = makeScale(stretches, left, Math.min(width - GRIP_ROOM, left + days * WIDEST));
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    const painted = paintTimeline(ctx, { width, height, scale, palette, items, clock: reading, lanes });
    drawn = { ...painted, key, items };
  }

  /** Frame the chosen item in its lane. */
  function mark(item) {
    const spans = item ? spansOf(item, store.state.clock) : [];
    chosen.hidden = !spans.length;
    if (!spans.length) return;
    const [x0, x1] = [scale.x(spans[0].from), scale.x(spans.at(-1).to + 1)];
    place(chosen, Math.min(x0, scale.right - 8), Math.max(x0 + 8, x1));
    chosen.style.top = `${drawn.top + drawn.pitch * drawn.laneOf(item) - 1}px`;
    chosen.style.height = `${drawn.pitch + 1}px`;
  }

  /** Say what is under a point of the drawing: a lane's items, else the reports of those days, else the day. */
  function under(x, y) {
    const [low, high] = [scale.dayAt(x - 3), scale.dayAt(x + 3)].map(Math.floor);
    const day = dayAt(x);
    const lane = y < drawn.base ? Math.floor((y - drawn.top) / drawn.pitch) : -1;
    if (lane >= 0) {
      const reading = store.state.clock;
      const found = drawn.items.filter(
        (item) =>
          drawn.laneOf(item) === lane && spansOf(item, reading).some(({ from, to }) => from <= high && to >= low),
      );
      if (found.length === 1) return one(found[0], reading);
      if (found.length) return `${dayText(day)} · ${drawn.lanes[lane].name} · ${count(found.length, "item")}`;
    }
    const bin = drawn.bins.find(({ from, end: until }) => from <= day && day < until);
    if (!bin) return dayText(day);
    return `${intervalText([bin.from, bin.end - 1])} · ${count(bin.number, "report")}`;
  }

  function one(item, reading) {
    const spans = spansOf(item, reading);
    const told = intervalText([spans[0].from, spans.at(-1).to]);
    return `${spans[0].sure ? told : `Some day of ${told}`} · ${item.label}`;
  }

  const dayAt = (x) => Math.max(data.first, Math.min(data.last, Math.floor(scale.dayAt(x))));

  function point(event) {
    const box = node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  function show([x, y]) {
    tip.textContent = held?.moved ? dayText(held.day()) : under(x, y);
    tip.hidden = false;
    const wide = tip.offsetWidth;
    tip.style.transform = `translateX(${Math.max(0, Math.min(node.clientWidth - wide, x - wide / 2))}px)`;
  }

  /** Take the handle that is near, or the window where it is under the pointer, or the end of it. */
  function take([x]) {
    const { mode, from, t } = store.state;
    const [x0, x1] = [scale.x(from), scale.x(t + 1)];
    const moved = { at: x, from, t, moved: false };
    if (mode === "window") {
      const near = Math.min(Math.abs(x - x0), Math.abs(x - x1)) <= NEAR;
      if (near && Math.abs(x - x0) < Math.abs(x - x1))
        return { ...moved, what: "start", shift: x0 - x, day: () => store.state.from };
      if (!near && x > x0 && x < x1) return { ...moved, what: "window", shift: 0, day: () => store.state.t };
    }
    const near = mode !== "all" && Math.abs(x - x1) <= NEAR;
    return { ...moved, what: "end", shift: near ? x1 - x : 0, near, day: () => store.state.t };
  }

  function drag(x) {
    const { what, shift, at, from, t, near } = held;
    const day = Math.round(scale.dayAt(x + shift));
    if (what === "start") clock.start(day);
    else if (what === "window") clock.slide(Math.round(scale.dayAt(x) - scale.dayAt(at)), from, t);
    else clock.end(near ? day - 1 : dayAt(x));
  }

  let waiting = null; // one change of the clock a frame, however often the pointer tells of its way

  node.addEventListener("pointerdown", (event) => {
    if (event.button || !scale) return;
    const at = point(event);
    held = take(at);
    node.setPointerCapture(event.pointerId);
    (held.what === "start" ? start : end).range.focus({ preventScroll: true });
    event.preventDefault();
    show(at);
  });
  node.addEventListener("pointermove", (event) => {
    const at = point(event);
    if (held && (held.moved || Math.abs(at[0] - held.at) > STILL)) {
      held.moved = true;
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => held && drag(at[0]));
    }
    if (held || event.pointerType === "mouse") show(at);
  });
  node.addEventListener("pointerup", (event) => {
    if (!held) return;
    cancelAnimationFrame(waiting);
    if (held.moved) drag(point(event)[0]);
    else clock.end(dayAt(held.at));
    held = null;
    if (event.pointerType !== "mouse") tip.hidden = true;
  });
  for (const gone of ["pointercancel", "pointerleave"]) {
    node.addEventListener(gone, () => {
      tip.hidden = true;
      if (gone === "pointercancel") held = null;
    });
  }
  new ResizeObserver(([{ contentRect }]) => {
    size = [contentRect.width || 600, contentRect.height || 56];
    update();
  }).observe(node);
  return { node, update };
}

/** Return the days that anything is told of, [first, last] each: events and reports. */
function intervalsOf(data) {
  const found = [[data.lastDay, data.lastDay]];
  for (const item of data.items) {
    if (item.event) found.push(item.event);
    for (const day of item.reports) found.push([day, day]);
  }
  return found;
}
