// Colours, read from the stylesheet so that dark and light are said in one place.

const COLOURS = [
  "land",
  "sea",
  "lake",
  "river",
  "road",
  "road-casing",
  "border",
  "border-band",
  "admin",
  "text",
  "secondary",
  "town",
  "halo",
  "water-name",
  "country-name",
  "denied",
  "paper",
];

export function makePalette(actors) {
  let dark = false;
  let colours = null;
  const palette = {
    /** Read the colours of the theme in use; to be called when it has changed. */
    refresh() {
      dark = document.documentElement.dataset.theme === "dark";
      const style = getComputedStyle(document.documentElement);
      colours = Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    },
    of: (name) => colours[name],
    actor: (index) => (index < 0 ? colours.denied : actors[index][dark ? "dark" : "light"]),
    /** The actor's colour drawn a little towards the text's, so that small letters keep their contrast. */
    actorWords: (index) => palette.near(palette.actor(index)),
    words: (item) => palette.near(palette.item(item)),
    near: (colour) => mixed(colour, colours.text, 0.3),
    item: (item) => (item.status === "denied" ? colours.denied : palette.actor(item.actor)),
    dark: () => dark,
  };
  palette.refresh();
  return palette;
}

function mixed(one, other, part) {
  const channel = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(channel(one, at) * (1 - part) + channel(other, at) * part)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
