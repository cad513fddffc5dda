// Keeps the open system page up to date: the server sends the changed parts, rendered.
"use strict";
(() => {
  const live = document.getElementById("live");
  const state = document.getElementById("live-state");
  if (!live || !window.EventSource) {
    return;
  }

  const kind = (node) => node.nodeType + node.nodeName;
  const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || "" : "");

  // Applies the received part and changes only what differs. Elements with a key are kept, so that the focus stays on
  // the same object.
  const become = (shown, wanted) => {
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
    const then = [...wanted.childNodes];
    const keys = new Set(then.map(key));
    [...shown.children].filter((child) => key(child) && !keys.has(key(child))).forEach((child) => child.remove());
    const keyed = new Map([...shown.children].filter(key).map((child) => [key(child), child]));
    let at = shown.firstChild;
    for (const child of then) {
      const same = key(child) ? keyed.get(key(child)) : at && !key(at) && kind(at) === kind(child) ? at : null;
      if (!same) {
        shown.insertBefore(child, at);
        continue;
      }
      keyed.delete(key(child));
      bring(same, at);
      if (child.nodeType === Node.ELEMENT_NODE) {
        become(same, child);
      } else if (same.data !== child.data) {
        same.data = child.data;
      }
      at = same.nextSibling;
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  };
  // Moves a node before another one. If it has the focus, moves the nodes between instead: moving it would lose the focus.
  const bring = (node, at) => {
    if (!node.contains(document.activeElement)) {
      if (node !== at) {
        node.parentNode.insertBefore(node, at);
      }
      return;
    }
    for (let other = at; other !== node;) {
      const next = other.nextSibling;
      node.parentNode.insertBefore(other, node.nextSibling);
      other = next;
    }
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
