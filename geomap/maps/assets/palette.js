// Colours, read from the stylesheet so that dark and light are said in one place.

const NAMES = ["land", "sea", "lake", "river", "road", "road-casing", "border", "border-band", "admin", "text",
  "secondary", "town", "halo", "water-name", "country-name", "denied", "paper"];

export function makePalette(actors) {
  const dark = () => document.documentElement.dataset.theme === "dark";
  let colours = null;
  const palette = {
    refresh() {
      const style = getComputedStyle(document.documentElement);
      colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    },
    of: (name) => colours[name],
    actor: (index) => (index < 0 ? colours.denied : actors[index][dark() ? "dark" : "light"]),
    item: (item) => (item.status === "denied" ? colours.denied : palette.actor(item.actor)),
    dark,
  };
  palette.refresh();
  return palette;
}
