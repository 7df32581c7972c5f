// What the reader has chosen, who wants to know, and the address that brings it back.
import { asKnown, changesOf, firstDay, inTime, timeFrom } from "./clock.js";
import { isoOf, folded } from "./text.js";

export const FACETS = ["actor", "status", "how", "sure", "area", "incident", "dated"];

const ONLY_TIME = new Set(["t", "from", "mode", "id", "focus", "back", "from_map"]);

export function makeState(data) {
  const listeners = [];
  let passing = null; // what passes the filters, in the order of the clock in use
  let visible = null;
  let changes = null; // the days on which something of it begins
  const state = {
    mode: "asof",
    clock: "event",
    t: data.lastDay,
    from: data.first,
    id: null,
    query: "",
    words: [],
    off: offOf(""),
  };
  const store = {
    state,
    /** Change some values and tell everyone once. */
    set(values) {
      Object.assign(state, values);
      if ("query" in values) state.words = folded(values.query).split(/\s+/);
      visible = null;
      if (!Object.keys(values).every((name) => ONLY_TIME.has(name))) passing = changes = null;
      for (const listener of listeners) listener(state, values);
    },
    toggle(facet, value) {
      const off = state.off[facet];
      if (!off.delete(value)) off.add(value);
      store.set({ off: state.off });
    },
    listen: (listener) => listeners.push(listener),
    /** Return what is shown in the order of the list: by the day of the clock in use, then what has none. */
    visible: () => (visible ??= seen(store.passing(), state)),
    /** Return what passes the filters, whatever the time; by report time it depends on the day where several tell. */
    passing: () =>
      (passing ??= inOrder(
        data.items.filter((item) => mayPass(item, state)),
        state,
      )),
    shown: (item) => inTime(item, state) && passes(asKnown(item, state), state),
    /** Return the days on which something of what passes begins, or becomes known, in order, and how much by day. */
    changes: () => (changes ??= changesOf(store.passing(), state.clock)),
  };
  return store;
}

/** Return the facet values of an item; an empty list means the facet does not concern it. */
export function facetValues(item, facet) {
  if (facet === "actor") return [String(item.actor)];
  if (facet === "status") return item.status ? [item.status] : [];
  if (facet === "how") {
    if (item.type !== "movement") return [];
    return item.legs.length ? [...new Set(item.legs.map((leg) => leg.how))] : ["none"];
  }
  if (facet === "sure") return item.type === "movement" ? [sureness(item)] : [];
  if (facet === "area") return item.type === "area" ? [areaKind(item)] : [];
  if (facet === "incident") return item.type === "incident" ? [item.kind] : [];
  if (item.background) return ["background"];
  if (!item.event) return ["undated"];
  return item.sure ? [] : ["vague"];
}

/** Return how surely an item was read. */
export const sureness = (item) => (item.confidence >= 0.75 ? "high" : item.confidence >= 0.5 ? "middle" : "low");

/** Return how surely an item is drawn: as it was read, and no more than weakly where it may not have been yet. */
export const drawnSureness = (item) => (item.possible ? "low" : sureness(item));

export function areaKind(item) {
  if (!item.shape) return "none";
  if (item.published) return "published";
  return item.shape.possible.length ? "possible" : "assumed";
}

export function passes(item, state) {
  for (const facet of FACETS) {
    if (!state.off[facet].size) continue;
    const values = facetValues(item, facet);
    if (values.length && values.every((value) => state.off[facet].has(value))) return false;
  }
  return !state.query || state.words.every((word) => item.tells(word));
}

const mayPass = (item, state) => passes(item, state) || Boolean(item.known && state.clock === "report");

/** Return the items that the time lets be seen, as they were known then; they come in the order of their days. */
function seen(items, state) {
  const whole = state.mode === "all" || state.t === null;
  const begun = whole ? items.length : firstAfter(items, state.t, state.clock);
  const undated = whole ? items.length : firstAfter(items, Number.MAX_VALUE, state.clock);
  const found = [];
  for (let i = 0; i < items.length; i++) {
    if (i === begun) i = undated; // what lies between is yet to come
    const item = items[i];
    if (!item || (state.mode === "window" && !inTime(item, state))) continue;
    const one = asKnown(item, state);
    if (!one.known || passes(one, state)) found.push(one);
  }
  return found;
}

/** Return the place of the first item that begins after a day. */
function firstAfter(items, day, clock) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firstDay(items[middle], clock) > day) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Return items by the day of the clock in use, then what has none. */
function inOrder(items, state) {
  const day = (item) => firstDay(item, state.clock);
  return items.sort((a, b) => (day(a) === day(b) ? a.rank - b.rank : day(a) - day(b)));
}

/** Return the state as a fragment: t time, w window start, c clock, id item, f filters, q search, v view. */
export function toHash(state, view) {
  const parts = [];
  if (state.mode === "all") parts.push("t=all");
  else if (state.t !== null) parts.push(`t=${isoOf(state.t)}`);
  if (state.mode === "window") parts.push(`w=${isoOf(state.from)}`);
  if (state.clock === "report") parts.push("c=report");
  if (state.id) parts.push(`id=${encodeURIComponent(state.id)}`);
  const off = FACETS.flatMap((facet) => [...state.off[facet]].map((value) => `${facet}:${value}`));
  if (off.length) parts.push(`f=${encodeURIComponent(off.join(","))}`);
  if (state.query) parts.push(`q=${encodeURIComponent(state.query)}`);
  if (view) parts.push(`v=${view.map((value) => Number(value.toFixed(3))).join(",")}`);
  return `#${parts.join("&")}`;
}

/** Read a fragment; what it does not say, or says wrongly, keeps its default. */
export function fromHash(hash, data) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const changes = timeFrom(given, data);
  if (data.byId.has(given.get("id"))) changes.id = given.get("id");
  if (given.get("q")) changes.query = given.get("q");
  if (given.get("f")) changes.off = offOf(given.get("f"));
  const view = (given.get("v") ?? "").split(",").map(Number);
  return { changes, view: view.length === 3 && view.every(Number.isFinite) ? view : null };
}

/** Return by facet the values that are switched off, written as "facet:value,facet:value". */
function offOf(text) {
  const off = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
  for (const entry of text.split(",")) {
    const at = entry.indexOf(":");
    off[entry.slice(0, at)]?.add(entry.slice(at + 1));
  }
  return off;
}
