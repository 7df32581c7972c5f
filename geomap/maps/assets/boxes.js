// Finding what lies in a box among very many boxes: a packed tree, filled by sorted tiles.

const FANOUT = 16;

/** Return a search over boxes [x0, y0, x1, y1]; it yields the numbers of those that touch a box, in no order. */
export function makeIndex(boxes) {
  const levels = [leavesOf(boxes)];
  while (levels.at(-1).length > FANOUT) levels.push(parentsOf(levels.at(-1)));
  return function search(box) {
    const found = [];
    const visit = (node) => {
      if (!meet(node.box, box)) return;
      if (node.number !== undefined) found.push(node.number);
      else for (const child of node.children) visit(child);
    };
    for (const node of levels.at(-1)) visit(node);
    return found;
  };
}

const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** Return the boxes in strips of x, each strip in the order of y, so that neighbours stand together. */
function leavesOf(boxes) {
  const known = boxes.map((box, number) => ({ box, number })).filter(({ box }) => box);
  known.sort((a, b) => a.box[0] + a.box[2] - b.box[0] - b.box[2]);
  const strip = FANOUT * Math.ceil(Math.sqrt(known.length / FANOUT) || 1);
  const sorted = [];
  for (let at = 0; at < known.length; at += strip) {
    sorted.push(...known.slice(at, at + strip).sort((a, b) => a.box[1] + a.box[3] - b.box[1] - b.box[3]));
  }
  return sorted;
}

function parentsOf(nodes) {
  const parents = [];
  for (let at = 0; at < nodes.length; at += FANOUT) {
    const children = nodes.slice(at, at + FANOUT);
    parents.push({ children, box: joinedBox(children.map((child) => child.box)) });
  }
  return parents;
}

/** Return the box around boxes, or null where there are none. */
export function joinedBox(boxes) {
  if (!boxes.length) return null;
  const joined = [...boxes[0]];
  for (const [x0, y0, x1, y1] of boxes) {
    if (x0 < joined[0]) joined[0] = x0;
    if (y0 < joined[1]) joined[1] = y0;
    if (x1 > joined[2]) joined[2] = x1;
    if (y1 > joined[3]) joined[3] = y1;
  }
  return joined;
}
