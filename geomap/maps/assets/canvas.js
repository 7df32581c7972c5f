// A canvas in a Leaflet pane that follows zooming and is painted anew when the map comes to rest.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "DejaVu Sans", sans-serif';

export const font = (size, weight = 400, style = "normal") => `${style} ${weight} ${size}px ${FONT}`;

const AT_FIRST = 24; // milliseconds of painting at once; what takes longer goes on frame by frame,
const EACH_FRAME = 10; // and is shown when it is complete
const AT_ONCE_MS = 3;
const MOST_PIXELS = 36e6; // of one canvas, 144 MB

/**
 * A canvas in a Leaflet pane. `paint(view)` may be a generator that yields between things painted: a picture that takes
 * long is then made beside the one that is seen, a little in each frame, and nobody waits for it.
 */
export const CanvasLayer = L.Layer.extend({
  initialize(paint, options) {
    this.paint = paint;
    L.setOptions(this, { padding: 0.25, ...options });
  },

  onAdd() {
    this.canvas = this.made();
    this.getPane().append(this.canvas);
    this.redraw();
  },

  onRemove() {
    this.stop();
    this.canvas.remove();
    this.getPane().removeAttribute("aria-busy");
  },

  made: () => L.DomUtil.create("canvas", "leaflet-zoom-animated drawn"),

  getEvents() {
    return { moveend: this.moved, resize: this.moved, zoomanim: this.animate, zoom: this.follow };
  },

  /** Paint anew if the map has come to show something else, or if painting was broken off. */
  moved() {
    const key = this.frame()?.key;
    if (key && (this.stale || key !== (this.job?.frame ?? this.shown)?.key)) this.redraw();
  },

  /** Return what is to be painted: a corner of the map's layers and a size; null while the map is hidden. */
  frame() {
    const map = this._map;
    const size = map?.getSize();
    if (!size?.x || !size.y) return null;
    const pad = size.multiplyBy(this.options.padding).round();
    const corner = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    const world = map.getPixelOrigin().add(corner);
    const room = Math.sqrt(MOST_PIXELS / ((size.x + 2 * pad.x) * (size.y + 2 * pad.y)));
    const ratio = Math.max(this.options.ratio ?? 0, Math.min(3, room, window.devicePixelRatio || 1));
    const zoom = map.getZoom();
    return { size, pad, corner, world, ratio, zoom, key: [world.x, world.y, size.x, size.y, zoom, ratio].join() };
  },

  redraw() {
    this.stop();
    const frame = this.frame();
    if (!frame) return; // hidden, as while printing: keep the last picture
    const canvas = this.spare ?? this.made();
    this.spare = null;
    this.stale = false;
    const view = started(canvas, frame);
    this.job = { frame, canvas, view, left: this.paint(view) };
    this.getPane().setAttribute("aria-busy", "true"); // until the picture is complete and shown
    this.work(AT_FIRST);
  },

  work(time) {
    const { left, view } = this.job;
    const start = performance.now();
    let check = start + AT_ONCE_MS;
    while (left?.next && !left.next().done) {
      if (performance.now() < check) continue;
      view.ctx.getImageData(0, 0, 1, 1); // browsers only note what is drawn; this has it drawn, so that its time counts
      check = performance.now() + AT_ONCE_MS;
      if (check - start < time) continue;
      this.waiting = requestAnimationFrame(() => this.work(EACH_FRAME));
      return;
    }
    this.show();
  },

  /** Finish at once what is being painted. */
  settle() {
    cancelAnimationFrame(this.waiting);
    if (this.job) this.work(Infinity);
  },

  stop() {
    cancelAnimationFrame(this.waiting);
    if (!this.job) return;
    this.spare = this.job.canvas;
    this.job = null;
    this.stale = true;
  },

  /** Put the finished picture where the one before was. */
  show() {
    const { canvas, frame, view } = this.job;
    this.job = null;
    this.canvas.replaceWith(canvas);
    this.getPane().removeAttribute("aria-busy");
    [this.spare, this.canvas] = [this.canvas, canvas];
    this.shown = frame;
    this.stale = false;
    this.view = view;
    if (this._map.getZoom() === frame.zoom) L.DomUtil.setTransform(canvas, frame.corner, 1);
    else this.follow();
    this.fire("painted");
  },

  follow() {
    this.place(this._map.getCenter(), this._map.getZoom());
  },

  animate(event) {
    this.stop();
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

/** Size and clear a canvas for a frame; return the view to paint in. */
function started(canvas, { size, pad, world, ratio, zoom }) {
  const [width, height] = [size.x + 2 * pad.x, size.y + 2 * pad.y];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const visible = [pad.x, pad.y, pad.x + size.x, pad.y + size.y];
  return { ctx, ratio, width, height, pad, world, zoom, scale: 256 * 2 ** zoom, x: world.x, y: world.y, visible };
}

/** Return the pixel of a unit point. */
export const toPixel = (view, x, y) => [x * view.scale - view.x, y * view.scale - view.y];

/** Return the pixels of a line's vertices. */
export function pixelsOf(view, { xy }) {
  const points = [];
  for (let i = 0; i < xy.length; i += 2) points.push(toPixel(view, xy[i], xy[i + 1]));
  return points;
}

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
