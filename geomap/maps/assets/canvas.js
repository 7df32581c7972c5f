// A canvas in a Leaflet pane that follows zooming and is painted anew when the map comes to rest.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "DejaVu Sans", sans-serif';

export const font = (size, weight = 400, style = "normal") => `${style} ${weight} ${size}px ${FONT}`;

export const CanvasLayer = L.Layer.extend({
  initialize(paint, options) {
    this.paint = paint;
    L.setOptions(this, { padding: 0.25, ...options });
  },

  onAdd() {
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated drawn", this.getPane());
    this.redraw();
  },

  onRemove() {
    this.canvas.remove();
  },

  getEvents() {
    return {
      viewreset: this.redraw,
      moveend: this.redraw,
      resize: this.redraw,
      zoomanim: this.animate,
      zoom: this.follow,
    };
  },

  redraw() {
    const map = this._map;
    if (!map) return;
    const size = map.getSize();
    if (!size.x || !size.y) return; // hidden, as while printing: keep the last picture
    const pad = size.multiplyBy(this.options.padding).round();
    const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const [width, height] = [size.x + 2 * pad.x, size.y + 2 * pad.y];
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    L.DomUtil.setTransform(this.canvas, corner, 1);
    const world = map.getPixelOrigin().add(corner);
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    this.view = {
      ctx,
      width,
      height,
      pad,
      world,
      zoom: map.getZoom(),
      scale: 256 * 2 ** map.getZoom(),
      x: world.x,
      y: world.y,
      visible: [pad.x, pad.y, pad.x + size.x, pad.y + size.y],
    };
    this.paint(this.view);
  },

  follow() {
    this.place(this._map.getCenter(), this._map.getZoom());
  },

  animate(event) {
    this.place(event.center, event.zoom);
  },

  place(center, zoom) {
    if (!this.view) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.view.zoom);
    const pane = L.DomUtil.getPosition(map.getPane("mapPane"));
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    L.DomUtil.setTransform(this.canvas, this.view.world.multiplyBy(scale).subtract(origin), scale);
  },
});

/** Return the pixel of a unit point. */
export const toPixel = (view, x, y) => [x * view.scale - view.x, y * view.scale - view.y];

/** Whether a unit box touches the canvas. */
export function touches(view, box) {
  const [left, top] = toPixel(view, box[0], box[1]);
  const [right, bottom] = toPixel(view, box[2], box[3]);
  return right >= -20 && bottom >= -20 && left <= view.width + 20 && top <= view.height + 20;
}

/** Add a decoded line to the path, leaving out points nearer than `skip` pixels to the one before. */
export function trace(path, view, { xy }, skip = 0.6) {
  let [px, py] = toPixel(view, xy[0], xy[1]);
  path.moveTo(px, py);
  for (let i = 2; i < xy.length; i += 2) {
    const x = xy[i] * view.scale - view.x;
    const y = xy[i + 1] * view.scale - view.y;
    if (i < xy.length - 2 && Math.abs(x - px) < skip && Math.abs(y - py) < skip) continue;
    path.lineTo(x, y);
    px = x;
    py = y;
  }
}
