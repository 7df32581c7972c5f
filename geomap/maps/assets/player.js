// Steps and playing: from change to change, at a pace the reader can follow, never past the last one.
import { count, dayText } from "./text.js";

const SLOWEST = 1600; // milliseconds between two changes at ×1
const FASTEST = 250;
const WHOLE = 60_000; // milliseconds that a whole story takes at ×1, unless it has few changes
const MOST_STEPS = 240; // a story with more changes is played in steps of several
const SPOKEN = 2500; // milliseconds between two announcements while playing

/** Return what steps and plays; `changed` is told when playing begins, ends or changes its speed. */
export function makePlayer(data, store, announce, changed) {
  let timer = null;
  let stepping = false;
  let speed = 0;
  let spoken = 0;
  let length = 0; // days of the window while it plays

  /** Go to the next change, or the one before; false where there is none. */
  function step(by, { least = 1, quiet = false } = {}) {
    const { t, from, mode } = store.state;
    const { days } = store.changes();
    const next = by > 0 ? (days.find((day) => day >= t + least) ?? beyond(days, t)) : days.findLast((day) => day < t);
    if (next === undefined) return false;
    const start = timer && mode === "window" ? Math.max(data.first, next - length) : Math.min(from, next);
    store.set({ t: next, from: start, mode: mode === "all" ? "asof" : mode });
    if (!quiet) announce(told(next, by > 0 ? t : next - 1));
    return true;
  }

  const beyond = (days, t) => (days.at(-1) > t ? days.at(-1) : undefined);

  /** Say what a day brings, and the days after another one up to it. */
  function told(day, after) {
    const { days, numbers } = store.changes();
    let number = 0;
    for (const one of days) if (one > after && one <= day) number += numbers.get(one);
    return `${dayText(day)}, ${count(number, "change")}`;
  }

  /** Play from here, or from the first change when at the end; or stop. */
  function play() {
    if (timer) return stop();
    const { t, from, mode } = store.state;
    const { days } = store.changes();
    if (days.length < 2) return announce("Nothing to play.");
    length = t - from;
    const start = days[0];
    if (t >= days.at(-1) || mode === "all")
      store.set({ t: start, from: Math.min(from, start), mode: mode === "all" ? "asof" : mode });
    announce("Playing.");
    spoken = performance.now();
    wait();
    return changed();
  }

  function wait() {
    const changes = Math.min(MOST_STEPS, store.changes().days.length);
    timer = setTimeout(tick, Math.max(FASTEST, Math.min(SLOWEST, WHOLE / changes)) / 2 ** speed);
  }

  function tick() {
    const { days } = store.changes();
    const least = days.length > MOST_STEPS ? Math.ceil((days.at(-1) - days[0]) / MOST_STEPS) : 1;
    const quiet = performance.now() - spoken < SPOKEN;
    stepping = true;
    const moved = step(1, { least, quiet });
    stepping = false;
    if (!moved || store.state.t >= days.at(-1)) return stop();
    if (!quiet) spoken = performance.now();
    return wait();
  }

  function stop() {
    clearTimeout(timer);
    timer = null;
    announce(`Stopped at ${dayText(store.state.t)}.`);
    changed();
  }

  store.listen(() => {
    if (timer && !stepping) stop(); // whoever touches something wants to look at it
  });
  document.addEventListener("visibilitychange", () => {
    if (timer && document.hidden) stop();
  });

  return {
    step,
    play,
    isPlaying: () => timer !== null,
    speed: () => 2 ** speed,
    faster() {
      speed = (speed + 1) % 3;
      changed();
    },
  };
}
