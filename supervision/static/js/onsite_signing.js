// A name drawn on the screen with a finger, a pen or a mouse: strokes on a canvas, kept as a PNG.
(() => {
  "use strict";
  const WIDTH = 3; // of a line, in points of the screen

  onsite.pad = (canvas) => {
    const pen = canvas.getContext("2d");
    let drawn = false, at = null;

    function clear() {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      drawn = false;
    }

    function place(event) {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
    }

    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      at = place(event);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!at) return;
      for (const one of event.getCoalescedEvents?.() ?? [event]) {
        const to = place(one);
        pen.lineWidth = WIDTH;
        pen.lineCap = "round";
        pen.strokeStyle = "#111";
        pen.beginPath();
        pen.moveTo(...at);
        pen.lineTo(...to);
        pen.stroke();
        at = to;
        drawn = true;
      }
    });
    for (const over of ["pointerup", "pointercancel"]) canvas.addEventListener(over, () => { at = null; });
    clear();
    return {
      clear,
      isEmpty: () => !drawn,
      png: () => new Promise((resolve) => canvas.toBlob(async (blob) => resolve(await blob.arrayBuffer()), "image/png")),
    };
  };
})();
