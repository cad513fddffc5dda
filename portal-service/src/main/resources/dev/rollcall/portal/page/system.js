// Keeps the open system page up to date: the server sends the parts that changed, already drawn.
"use strict";
(() => {
  const live = document.getElementById("live");
  const state = document.getElementById("live-state");
  if (!live || !window.EventSource) {
    return;
  }

  // Changes what is shown into what came, touching only what differs, so that focus and open details stay.
  const become = (shown, wanted) => {
    const kinds = (node) => node.nodeType + node.nodeName;
    for (const attribute of [...shown.attributes || []]) {
      if (!wanted.hasAttribute(attribute.name)) {
        shown.removeAttribute(attribute.name);
      }
    }
    for (const attribute of [...wanted.attributes || []]) {
      if (shown.getAttribute(attribute.name) !== attribute.value) {
        shown.setAttribute(attribute.name, attribute.value);
      }
    }
    const now = [...shown.childNodes];
    const then = [...wanted.childNodes];
    then.forEach((child, i) => {
      if (i >= now.length) {
        shown.appendChild(child);
      } else if (kinds(now[i]) !== kinds(child)) {
        now[i].replaceWith(child);
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        become(now[i], child);
      } else if (now[i].data !== child.data) {
        now[i].data = child.data;
      }
    });
    now.slice(then.length).forEach((child) => child.remove());
  };

  const say = (text) => {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  };

  const source = new EventSource(live.dataset.live);
  source.addEventListener("part", (event) => {
    const part = JSON.parse(event.data);
    const shown = document.getElementById(part.id);
    if (shown) {
      const wanted = document.createElement("div");
      wanted.id = part.id;
      wanted.innerHTML = part.html;
      become(shown, wanted);
    }
    say("Live: changes show by themselves.");
  });
  source.onerror = () => say("The portal doesn’t answer; trying again. What is shown may be old.");
})();
