// Zoom and pan by mouse, touch and keys.
//
// Mouse: drag zooms into the selection, Shift and drag (or the middle button) pans, Ctrl and wheel
// (or a pinch on the touchpad) zooms, a double click resets the zoom. Touch: one finger pans, two
// fingers zoom, a tap shows values. Keys: arrows pan, + and - zoom, 0 resets.

const MIN_DRAG = 6;
const STEP = 0.12;

export function listen(plot, over) {
  const touches = new Map();
  let drag = null;
  const at = (event) => {
    const box = over.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const down = (event) => {
    const place = at(event);
    if (event.pointerType === "touch") {
      touches.set(event.pointerId, place);
      plot.hover(...place);
    } else if (event.button < 2) {
      const moves = event.shiftKey || event.button === 1;
      drag = { from: place, moves, view: plot.view() };
      event.preventDefault();
      plot.host.focus({ preventScroll: true });
    } else return;
    over.setPointerCapture(event.pointerId);
  };

  const move = (event) => {
    const place = at(event);
    if (event.pointerType === "touch") return touch(event.pointerId, place);
    if (!drag) return plot.hover(...place);
    if (drag.moves) return plot.shift(drag.view, place[0] - drag.from[0], place[1] - drag.from[1]);
    mark(drag.from, place);
  };

  const touch = (id, place) => {
    const before = touches.get(id);
    if (!before) return;
    const other = [...touches].find(([key]) => key !== id)?.[1];
    touches.set(id, place);
    if (other) {
      const [old, now] = [Math.abs(before[0] - other[0]), Math.abs(place[0] - other[0])];
      if (old > 8 && now > 8) plot.scale(old / now, (place[0] + other[0]) / 2);
    } else {
      plot.shift(plot.view(), place[0] - before[0], 0);
      plot.hover(...place);
    }
  };

  /** Draws the selection of a drag: a band if it is flat, otherwise a box. */
  const mark = (from, to) => {
    const { width, height } = over.getBoundingClientRect();
    const [left, right] = ends(from[0], to[0], width);
    const [top, bottom] = ends(from[1], to[1], height);
    const flat = bottom - top < 20;
    const tall = right - left < 20 && bottom - top >= 20;
    drag.box = {
      left: tall ? 0 : left,
      width: tall ? width : right - left,
      top: flat ? 0 : top,
      height: flat ? height : bottom - top,
      x: !tall,
      y: !flat,
    };
    plot.u.setSelect(drag.box, false);
  };

  const up = (event) => {
    touches.delete(event.pointerId);
    const box = drag?.box;
    drag = null;
    plot.u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    if (box && (box.width > MIN_DRAG || box.height > MIN_DRAG)) plot.zoomInto(box);
  };

  const wheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    plot.scale(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) * 0.01), at(event)[0]);
  };

  const keys = {
    ArrowLeft: () => plot.shift(plot.view(), over.clientWidth * STEP, 0),
    ArrowRight: () => plot.shift(plot.view(), -over.clientWidth * STEP, 0),
    ArrowUp: () => plot.next(-1),
    ArrowDown: () => plot.next(1),
    "+": () => plot.zoom("in"),
    "=": () => plot.zoom("in"),
    "-": () => plot.zoom("out"),
    0: () => plot.zoom("all"),
  };
  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  };

  over.addEventListener("pointerdown", down);
  over.addEventListener("pointermove", move);
  over.addEventListener("pointerup", up);
  over.addEventListener("pointercancel", up);
  over.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && !drag && plot.leave());
  over.addEventListener("wheel", wheel, { passive: false });
  over.addEventListener("dblclick", () => plot.zoom("all"));
  plot.host.onkeydown = key;
}

function ends(a, b, limit) {
  return [Math.max(Math.min(a, b), 0), Math.min(Math.max(a, b), limit)];
}
