// Panels beside the map: help and about, what could not be read, printing, the picture.
import { byId, dayOf, dayText, el, link, outside } from "./text.js";

const KEYS = [
  ["j / k", "next / previous item"],
  ["Enter", "open the card"],
  ["Esc", "close"],
  ["← / →", "previous / next change; a day on a handle of the clock, with Shift the whole window"],
  ["Space", "play or stop"],
  ["/", "search"],
  ["l", "legend"],
  ["d", "dark or light"],
  ["p", "print"],
  ["0", "show all"],
  ["?", "this help"],
];

const SHOWN = 50; // rows of a list that are shown without asking

export function makePanels(data) {
  const dialog = byId("dialog");
  const body = byId("dialogBody");

  function about() {
    const { sections, version } = data.about;
    body.replaceChildren(
      close(),
      el("h2", { text: "About this map" }),
      keys(),
      ...sections.flatMap(section),
      el("h3", { text: "What it asks of a network" }),
      el("p", { text: foreignLayers(data) ?? "Nothing: all that is shown is in this file, and it may ask nobody." }),
      ...reports(),
      issues(),
      el("h3", { text: "Sources of the ground, the roads and the places" }),
      el("ul", {}, ...licencesOf(data.about).map((text) => el("li", { dir: "auto", text }))),
      el("p", { class: "quiet", text: `Made with geomap ${version}.` }),
    );
    dialog.showModal();
  }

  /** Return a section as its maker's side of the page wrote it: a head, paragraphs, words and what they mean. */
  function section({ title, text, terms }) {
    const meanings = terms.flatMap(([word, meaning]) => [el("dt", { text: word }), el("dd", { text: meaning })]);
    return [
      el("h3", { text: title }),
      ...text.map((paragraph) => el("p", { dir: "auto", text: paragraph })),
      meanings.length ? el("dl", { class: "keys" }, ...meanings) : "",
    ];
  }

  const keys = () =>
    el(
      "details",
      {},
      el("summary", { text: "Keys" }),
      el(
        "dl",
        { class: "keys" },
        ...KEYS.flatMap(([key, what]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: what })]),
      ),
    );

  const publishedOn = ({ published }) => (published ? dayText(dayOf(published)) : null);

  function reports() {
    const rows = [...data.reports.values()].map((report) =>
      el(
        "li",
        { dir: "auto" },
        link(report.url, report.title ?? report.source ?? report.id),
        ...[report.title ? report.source : null, report.author, publishedOn(report)].flatMap((fact) =>
          fact ? [", ", outside(fact)] : [],
        ),
      ),
    );
    return rows.length ? [el("h3", { text: "Reports" }), firstOf("ol", rows)] : [];
  }

  function issues() {
    const rows = [
      ...data.issues.map((one) => [one.stage, one.message, one.report]),
      ...data.items
        .filter((item) => item.notDrawn)
        .map((item) => ["draw", `${item.label}: ${item.notDrawn}`, item.source.report]),
    ].map(([stage, message, report]) =>
      el(
        "li",
        { dir: "auto" },
        el("b", { text: stage }),
        " ",
        outside(message),
        report ? el("span", { class: "quiet" }, " (", outside(report), ")") : "",
      ),
    );
    return el(
      "section",
      { id: "issues" },
      el("h3", { text: "What could not be read or drawn" }),
      rows.length ? firstOf("ul", rows) : el("p", { text: "Nothing." }),
    );
  }

  /** Return a list of the first rows; the rest behind a line that opens. */
  function firstOf(tag, rows) {
    const shown = el(tag, {}, ...rows.slice(0, SHOWN));
    if (rows.length <= SHOWN) return shown;
    const more = el("details", {}, el("summary", { text: `${(rows.length - SHOWN).toLocaleString("en")} more` }));
    more.addEventListener("toggle", () => more.append(el(tag, { start: SHOWN + 1 }, ...rows.slice(SHOWN))), {
      once: true,
    });
    return el("div", {}, shown, more);
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
export function foreignLayers({ network = [], tilesOff = [] }) {
  const asked = network.filter((host) => !tilesOff.includes(host));
  const some = (hosts) => (hosts.length > 3 ? [...hosts.slice(0, 2), `${hosts.length - 2} more`] : hosts).join(", ");
  const said = [];
  if (asked.length)
    said.push(
      `This page loads layers from a network: ${some(asked)}. Whoever runs that can see that it is open, and of map tiles what area you look at.`,
    );
  if (tilesOff.length)
    said.push(
      `Map tiles are off. If you switch them on, they are asked from ${some(tilesOff)}, who can then see what area you look at.`,
    );
  return said.join(" ") || null;
}
