// Words, numbers and the one way of making elements: text never becomes markup.

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Return an element; children are nodes or strings, strings become text nodes. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Return text from a report so that its direction stays its own within our line. */
export const outside = (text) => el("bdi", { text });

export const byId = (id) => document.getElementById(id);

const dayNumbers = new Map();

/** Return a day number (days since 1970) of an ISO day, or null; thousands of records share few days. */
export function dayOf(iso) {
  if (!dayNumbers.has(iso)) {
    const time = iso ? Date.parse(`${iso}T00:00:00Z`) : NaN;
    dayNumbers.set(iso, Number.isNaN(time) ? null : Math.round(time / 864e5));
  }
  return dayNumbers.get(iso);
}

export const isoOf = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

/** Return a day for people: 14 Oct 2019. */
export function dayText(day) {
  const date = new Date(day * 864e5);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function intervalText([first, last]) {
  if (first === last) return dayText(first);
  const [a, b] = [dayText(first).split(" "), dayText(last).split(" ")];
  const same = a[2] !== b[2] ? 3 : a[1] !== b[1] ? 2 : 1; // say year and month once where they are shared
  return `${a.slice(0, same).join(" ")}${same === 1 ? "–" : " – "}${b.join(" ")}`;
}

/** Return metres for people, no surer than they are. */
export function metresText(metres) {
  if (metres < 950) return `${Math.round(metres)} m`;
  return `${metres < 9500 ? (metres / 1000).toFixed(1) : Math.round(metres / 1000).toLocaleString("en")} km`;
}

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

export const words = (text) => text.replaceAll("_", " ");

/** Return the folded form in which names are searched: no case, no marks, nothing that only steers direction. */
export const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}\u2066-\u2069]/gu, "")
    .toLowerCase();

/** Return a link, or only its text where the address is not http or https. */
export function link(url, label) {
  if (!/^https?:\/\/[^/]/i.test(url ?? "")) return document.createTextNode(label);
  return el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank", text: label });
}

const ICONS = {
  filters: "M2 4h12M4 8h8M6 12h4",
  find: "M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M10.5 10.5L14 14",
  dark: "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12",
  print: "M4 6V2h8v4M4 11H2V6h12v5h-2M4 9h8v5H4z",
  picture: "M8 2v8M5 7l3 3 3-3M2 13h12",
  help: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.5v.6",
  zoomFit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  first: "M4 3v10M13 3L7 8l6 5z",
  back: "M11 3L5 8l6 5z",
  play: "M5 3l8 5-8 5z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3l6 5-6 5z",
  last: "M12 3v10M3 3l6 5-6 5z",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
};

/** Return an icon as SVG, drawn with the current text colour. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `glyph glyph-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
