// The sheet of a narrow screen: three stops, by button, by drag, or because an item was chosen.
import { byId } from "./text.js";

const STOPS = ["low", "half", "full"];
const HEIGHTS = { low: "small", half: "half of the screen", full: "large" };
const DRAGGED = 24; // pixels; less is a tap

export function makeSheet() {
  const root = document.documentElement;
  const grip = byId("grip");
  let from = null;

  function to(stop) {
    root.dataset.sheet = stop;
    grip.setAttribute("aria-label", `List: ${HEIGHTS[stop]}; make it ${HEIGHTS[next()]}`);
  }

  const at = () => STOPS.indexOf(root.dataset.sheet);
  const next = () => STOPS[(at() + 1) % STOPS.length];

  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointercancel", () => {
    from = null;
  });
  grip.addEventListener("click", (event) => {
    const up = from === null ? 0 : from - event.clientY;
    from = null;
    if (Math.abs(up) < DRAGGED) return to(next());
    to(STOPS[Math.max(0, Math.min(STOPS.length - 1, at() + Math.sign(up)))]);
  });
  to("low");
  return {
    to,
    /** Make room for a card, where there is little. */
    open: () => at() || to("half"),
  };
}
