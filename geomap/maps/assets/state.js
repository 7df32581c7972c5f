// What the reader has chosen, who wants to know, and the address that brings it back.
import { dayOf, isoOf, folded } from "./text.js";

export const FACETS = ["actor", "status", "how", "sure", "area", "incident", "dated"];

export function makeState(data) {
  const listeners = [];
  const state = {
    mode: "asof",
    clock: "event",
    t: data.lastDay,
    from: data.first,
    id: null,
    query: "",
    off: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  };
  const store = {
    state,
    /** Change some values and tell everyone once. */
    set(changes) {
      Object.assign(state, changes);
      for (const listener of listeners) listener(state, changes);
    },
    toggle(facet, value) {
      const off = state.off[facet];
      if (!off.delete(value)) off.add(value);
      store.set({ off: state.off });
    },
    listen: (listener) => listeners.push(listener),
    /** Return what is shown in the order of the list: by the day of the clock in use, then what has none. */
    visible() {
      const day = (item) => intervalOf(item, state.clock)?.[0] ?? Infinity;
      return data.items
        .filter((item) => shown(item, state))
        .sort((a, b) => (day(a) === day(b) ? a.rank - b.rank : day(a) - day(b)));
    },
    shown: (item) => shown(item, state),
    changes: () => changeDays(data, state),
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
  return item.event ? [] : ["undated"];
}

export const sureness = (item) => (item.confidence >= 0.75 ? "high" : item.confidence >= 0.5 ? "middle" : "low");

export function areaKind(item) {
  if (!item.shape) return "none";
  if (item.published) return "published";
  return item.shape.possible.length ? "possible" : "assumed";
}

export function intervalOf(item, clock) {
  if (clock === "event") return item.event;
  return item.report === null ? null : [item.report, item.report];
}

function inTime(item, state) {
  if (state.mode === "all" || state.t === null) return true;
  const interval = intervalOf(item, state.clock);
  if (!interval) return true; // no date on this clock: shown at any time, and listed apart
  if (interval[0] > state.t) return false;
  return state.mode === "asof" || interval[1] >= state.from;
}

export function passes(item, state) {
  for (const facet of FACETS) {
    const values = facetValues(item, facet);
    if (values.length && values.every((value) => state.off[facet].has(value))) return false;
  }
  return (
    !state.query ||
    folded(state.query)
      .split(/\s+/)
      .every((word) => item.tells(word))
  );
}

const shown = (item, state) => inTime(item, state) && passes(item, state);

function changeDays(data, state) {
  const days = data.items
    .filter((item) => passes(item, state))
    .flatMap((item) => {
      const interval = intervalOf(item, state.clock);
      return interval ? [interval[0]] : [];
    });
  return [...new Set(days)].sort((a, b) => a - b);
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
export function fromHash(hash, data, state) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const changes = {};
  const t = given.get("t");
  if (t === "all") changes.mode = "all";
  else if (dayOf(t) !== null) changes.t = dayOf(t);
  if (dayOf(given.get("w")) !== null) Object.assign(changes, { mode: "window", from: dayOf(given.get("w")) });
  if (given.get("c") === "report") changes.clock = "report";
  if (data.byId.has(given.get("id"))) changes.id = given.get("id");
  if (given.get("q")) changes.query = given.get("q");
  for (const entry of (given.get("f") ?? "").split(",")) {
    const at = entry.indexOf(":");
    if (FACETS.includes(entry.slice(0, at))) state.off[entry.slice(0, at)].add(entry.slice(at + 1));
  }
  const view = (given.get("v") ?? "").split(",").map(Number);
  return { changes, view: view.length === 3 && view.every(Number.isFinite) ? view : null };
}
