// Follows the log: newest lines on top, up to a limit. It can be paused, and shows how many lines were skipped.
"use strict";
(() => {
  const LINES_MAX = 500;
  const HELD_MAX = 20;
  const bar = document.getElementById("tail");
  const body = document.getElementById("lines");
  if (!bar || !body || !window.EventSource) {
    return;
  }
  const button = document.getElementById("tail-button");
  const state = document.getElementById("tail-state");
  const words = {
    following: "Following.",
    waiting: "The log service doesn’t answer; trying again.",
    unable: "This log service can’t be followed."
  };
  let source = null;
  let isPaused = false;
  let last = bar.dataset.last;
  let skipped = 0;
  let held = [];
  let isDrawing = false;
  bar.hidden = false;

  const say = (text) => {
    state.textContent = text + (skipped > 0 ? ` ${skipped} lines were left out: they came faster than they can be shown.` : "");
  };

  const show = (batch) => {
    const note = document.getElementById("note");
    if (note) {
      note.remove();
    }
    const rows = document.createElement("template");
    rows.innerHTML = batch.html;
    const fragment = document.createDocumentFragment();
    [...rows.content.querySelectorAll("tr")].reverse().forEach((row) => fragment.append(row));
    body.prepend(fragment);
    // remove the oldest lines, except one that has the focus
    const isLeft = (row) => !row.contains(document.activeElement);
    [...body.rows].slice(LINES_MAX).filter(isLeft).forEach((row) => row.remove());
  };

  const drawSoon = () => {
    if (!isDrawing && !isPaused && held.length > 0) {
      isDrawing = true;
      requestAnimationFrame(draw);
    }
  };
  const draw = () => {
    isDrawing = false;
    if (isPaused || held.length === 0) {
      return;
    }
    const begin = performance.now();
    show(held.shift());
    bar.dataset.slowest = Math.max(Number(bar.dataset.slowest || 0), performance.now() - begin).toFixed(1);
    drawSoon();
  };

  // Renders one batch per frame. A hidden page has no frames, so the pending batches have a bound.
  const take = (batch) => {
    const before = skipped;
    skipped += batch.skipped;
    held.push(batch);
    while (held.length > HELD_MAX) {
      skipped += held.shift().count;
    }
    if (isPaused) {
      say("Paused.");
      return;
    }
    drawSoon();
    if (skipped > before) {
      say(words.following);
    }
  };

  const follow = () => {
    const address = new URL(bar.dataset.live, location.href);
    if (last) {
      address.searchParams.set("last", last);
    }
    source = new EventSource(address);
    source.addEventListener("lines", (event) => {
      last = event.lastEventId || last;
      take(JSON.parse(event.data));
    });
    source.addEventListener("state", (event) => {
      const [name] = JSON.parse(event.data);
      if (name === "unable") {
        source.close();
      }
      say(words[name] || name);
    });
    source.onerror = () => say("The portal doesn’t answer; trying again.");
    say("Beginning.");
  };

  button.addEventListener("click", () => {
    if (source === null) {
      follow();
      button.textContent = "Pause";
      return;
    }
    isPaused = !isPaused;
    button.textContent = isPaused ? "Go on" : "Pause";
    button.setAttribute("aria-pressed", String(isPaused));
    if (isPaused) {
      say("Paused.");
    } else {
      drawSoon();
      say(words.following);
    }
  });
})();
