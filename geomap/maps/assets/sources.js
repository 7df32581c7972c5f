// Who says so, in their words: the quoted passage, its source, what other reports say, how to cite it.
import { count, dayOf, dayText, el, intervalText, link, outside } from "./text.js";

const LONG = 800; // characters of a passage that are shown without asking

/** Return the quoted words of a claim and the line that names its source. */
export const claimed = (claim, reports) => [quoted(claim, reports), sourceLine(claim, reports)];

/** Return the words of a report with those marked that carry the claim; of a long passage what is round them. */
function quoted(claim, reports) {
  const letters = [...(claim.quote ?? "")]; // offsets count characters, not UTF-16 units
  if (!letters.length) return "";
  const marks = ordered(claim.marks ?? [], letters.length);
  const lang = reports.get(claim.report)?.lang;
  const part = (from, to) => el("blockquote", { dir: "auto", lang }, ...markedWords(letters, marks, from, to));
  if (letters.length <= LONG) return part(0, letters.length);
  const from = Math.max(0, (marks[0]?.[0] ?? 0) - LONG / 4);
  const whole = el(
    "details",
    { class: "whole" },
    el("summary", { text: `The whole passage, ${letters.length.toLocaleString("en")} characters` }),
  );
  whole.addEventListener("toggle", () => whole.append(part(0, letters.length)), { once: true });
  return el("div", {}, part(from, Math.min(letters.length, from + LONG)), whole);
}

/** Return marks in order, without those that overlap or lie outside of a text of so many characters. */
function ordered(marks, length) {
  const kept = [];
  for (const mark of [...marks].sort((a, b) => a[0] - b[0]))
    if (mark[0] >= (kept.at(-1)?.[1] ?? 0) && mark[1] > mark[0] && mark[1] <= length) kept.push(mark);
  return kept;
}

/** Return part of a text as nodes, what lies in a mark as <mark>; … where it is cut. */
function markedWords(letters, marks, from, to) {
  const nodes = from > 0 ? ["…"] : [];
  let at = from;
  for (const [start, end] of marks) {
    if (start < from || end > to) continue;
    nodes.push(letters.slice(at, start).join(""), el("mark", { text: letters.slice(start, end).join("") }));
    at = end;
  }
  return [...nodes, letters.slice(at, to).join(""), to < letters.length ? "…" : ""];
}

function sourceLine(claim, reports) {
  const report = reports.get(claim.report);
  const publisher = claim.publisher ?? report?.source;
  const name = el("bdi", { lang: report?.lang }, link(claim.url, nameOf(claim, reports)));
  const day = dayOf(claim.published);
  const by = (word, who) => (who ? [`, ${word}`, outside(who)] : []);
  return el(
    "p",
    { class: "source" },
    ...(claim.withheld
      ? ["source withheld by the maker of the map"]
      : [name, publisher ? "" : " (publisher not given)"]),
    ...by("", claim.withheld ? null : report?.author),
    ...by("citing ", claim.by),
    ...(publisher && claim.title ? [" · ", el("bdi", { lang: report?.lang, text: claim.title })] : []),
    day === null ? "" : ` · ${dayText(day)}`,
    el("span", { class: "grade", text: ` · ${claim.grade}` }),
    ...(claim.readBy ? [" · read by ", outside(claim.readBy)] : []),
    ...(claim.byHand ? [" · ", el("span", { class: "by-hand", text: claim.byHand })] : []),
  );
}

const nameOf = (claim, reports) =>
  claim.publisher ?? reports.get(claim.report)?.source ?? claim.title ?? claim.report ?? "source";

/** List what every report says of the same movement, and where they differ. */
export function tellings(item, reports) {
  if (!item.tellings) return "";
  const told = ({ status, event, whenText, report, source }) => {
    const day = event ? intervalText(event) : whenText ? `“${whenText}”` : null;
    const facts = [status, day, report === null ? null : `reported ${dayText(report)}`].filter(Boolean);
    return el("li", {}, el("p", { class: "when", text: facts.join(" · ") }), ...claimed(source, reports));
  };
  const by = (numbers) => numbers.map((number) => nameOf(item.tellings[number].source, reports));
  const differs = ({ what, said }) =>
    el(
      "li",
      {},
      el("b", { text: `${what}: ` }),
      ...said.flatMap(([value, ...numbers], at) => [
        at ? " · " : "",
        outside(value),
        " (",
        ...by(numbers).flatMap((name, n) => [n ? ", " : "", outside(name)]),
        ")",
      ]),
    );
  return el(
    "div",
    { class: "tellings" },
    el(
      "details",
      {},
      el("summary", { text: `Told by ${count(item.tellings.length, "report")}` }),
      el("ol", {}, ...item.tellings.map(told)),
    ),
    ...(item.differ?.length
      ? [el("h3", { text: "The reports differ" }), el("ul", { class: "differ" }, ...item.differ.map(differs))]
      : []),
  );
}

/** Return one line that names the source of an item and what it is cited for. */
export function citation(item, reports) {
  const claim = item.source;
  const day = dayOf(claim.published);
  const named = claim.withheld ? "source withheld" : nameOf(claim, reports);
  const title = claim.title && claim.title !== named ? `“${claim.title}”` : null;
  const from = [named, title, day === null ? null : dayText(day), claim.url].filter(Boolean).join(", ");
  return `${item.sentence} — ${from}`;
}

/** Copy text also where a page opened from disk may not use the clipboard interface. */
export async function copyText(text, announce) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = el("textarea", { class: "hidden" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  announce("Copied.");
}
