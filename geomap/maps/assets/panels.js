// Panels beside the map: help and about, what could not be read, printing, the picture.
import { byId, el, link, count, dayText } from "./text.js";

const KEYS = [
  ["j / k", "next / previous item"],
  ["Enter", "open the card"],
  ["Esc", "close"],
  ["← / →", "previous / next change"],
  ["Space", "play or stop"],
  ["/", "search"],
  ["l", "legend"],
  ["d", "dark or light"],
  ["p", "print"],
  ["0", "show all"],
  ["?", "this help"],
];

export function makePanels(data) {
  const dialog = byId("dialog");
  const body = byId("dialogBody");

  function about() {
    const { about: facts } = data;
    const period = data.first === null ? "no date is given" : `${dayText(data.first)} to ${dayText(data.last)}`;
    body.replaceChildren(
      close(),
      el("h2", { text: "About this map" }),
      el("p", {
        dir: "auto",
        text:
          facts.scope ??
          `What ${count(data.reports.size || 1, "report")} tell of movements, areas and incidents; nothing else.`,
      }),
      el("p", {
        text: `Period: ${period}. Nothing is drawn past the last report, and no present position is claimed.`,
      }),
      el("p", {
        text: "Method: names were found in the text and looked up in an offline gazetteer; movements were read sentence by sentence. Lines along roads are reported where the report names the road, otherwise the shortest way. Everything links back to the words it came from.",
      }),
      el("p", {
        text: "Time: a bar covers the days on which what it tells surely went on; where the words only say that it was some day of several, the bar is pale, its ends fade, and the item is called “possibly” until the last of these days. The columns behind the bars are the reports, by the day they came out. By report time everything is told as it was known on the day shown.",
      }),
      el("p", {
        text: "Basemap: borders as in the sources below, without a stand on disputes. The file fetches nothing unless its maker added layers from a network.",
      }),
      el("h3", { text: "Reports" }),
      el(
        "ol",
        {},
        ...[...data.reports.values()].map((report) =>
          el(
            "li",
            { dir: "auto" },
            link(report.url, report.title ?? report.id),
            ` ${[report.source, report.published].filter(Boolean).join(", ")}`,
          ),
        ),
      ),
      issues(),
      el("h3", { text: "Sources of the ground, the roads and the places" }),
      el("ul", {}, ...licencesOf(facts).map((text) => el("li", { dir: "auto", text }))),
      el("h3", { text: "Keys" }),
      el(
        "dl",
        { class: "keys" },
        ...KEYS.flatMap(([key, what]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: what })]),
      ),
    );
    dialog.showModal();
  }

  function issues() {
    const rows = [
      ...data.issues.map((one) => [one.stage, one.message, one.report]),
      ...data.items
        .filter((item) => item.notDrawn)
        .map((item) => ["draw", `${item.label}: ${item.notDrawn}`, item.source.report]),
    ];
    return el(
      "section",
      { id: "issues" },
      el("h3", { text: "What could not be read or drawn" }),
      rows.length
        ? el(
            "ul",
            {},
            ...rows.map(([stage, message, report]) =>
              el(
                "li",
                { dir: "auto" },
                el("b", { text: stage }),
                ` ${message}`,
                report ? el("span", { class: "quiet", text: ` (${report})` }) : "",
              ),
            ),
          )
        : el("p", { text: "Nothing." }),
    );
  }

  const close = () =>
    el("button", { type: "button", class: "text-button close", text: "Close", onclick: () => dialog.close() });

  /** Show all notices of the ground, or one line of them. */
  function notices() {
    const whole = byId("attribution").parentNode.classList.toggle("whole");
    byId("notices").setAttribute("aria-expanded", String(whole));
  }

  return { about, notices };
}

/** Return the notices of what the ground, the roads and the places are made from, once each. */
export function licencesOf({ sources = [], ground = [] }) {
  const listed = sources.map((one) => `${one.attribution || one.title} (${one.licence})`);
  return [...new Set(listed.length ? listed : ground)];
}

/** Return what is to be said of the hosts that layers of the maker's choice ask; null where there are none. */
export function foreignLayers({ network = [] }) {
  if (!network.length) return null;
  const asked = network.length > 3 ? [...network.slice(0, 2), `${network.length - 2} more`] : network;
  return `This page loads layers from a network: ${asked.join(", ")}. Whoever runs that can see that it is open, and of map tiles what area you look at.`;
}
