// Shared by all pages: reloads pages that show stale or no data, and updates ages.
"use strict";
(() => {
  const seconds = Number(document.body.dataset.heals || 0);

  // Returns whether a reload would lose unsent input or the focus.
  const isChosen = (option) => option.selected !== option.defaultSelected;
  const isTouched = (field) =>
    field.type === "hidden" ? false
      : field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
        : field.options ? [...field.options].some((o) => o.defaultSelected) ? [...field.options].some(isChosen) : field.selectedIndex > 0
          : field.value !== field.defaultValue;
  const isInUse = () =>
    Boolean(document.activeElement && document.activeElement.closest("input, select, textarea, [role=grid]"))
    || document.querySelector(".unsaved, .saving") !== null
    || [...document.querySelectorAll("input, select, textarea")].some(isTouched);
  const offer = () => {
    const banner = document.querySelector(".banner");
    if (banner && !banner.querySelector("button")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = "Load this page again";
      button.addEventListener("click", () => location.reload());
      banner.replaceChildren("This page shows the last known data; newer data is available. ", button);
    }
  };
  const again = async () => {
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const html = await answer.text();
      const page = new DOMParser().parseFromString(html, "text/html");
      if (!page.body.dataset.heals) {
        if (isInUse()) {
          offer();
        } else {
          location.reload();
        }
      }
    } catch (gone) {
      // the portal doesn't respond: the next round retries
    }
  };
  if (seconds > 0) {
    setInterval(again, seconds * 1000);
  }

  const said = (age) =>
    age < 1 ? "just now"
      : age < 120 ? `${Math.floor(age)} s ago`
        : age < 7200 ? `${Math.floor(age / 60)} min ago`
          : age < 172800 ? `${Math.floor(age / 3600)} h ago`
            : null;
  const offsets = new Map();
  const grow = () => {
    for (const time of document.querySelectorAll("time[data-age]")) {
      const at = time.dataset.age;
      if (!offsets.has(at)) {
        // ages use the server's clock, not this machine's
        offsets.set(at, Date.parse(at) - Date.now());
        if (offsets.size > 50) {
          offsets.delete(offsets.keys().next().value);
        }
      }
      const text = said((Date.now() + offsets.get(at) - Date.parse(time.dateTime)) / 1000);
      if (text !== null && time.textContent !== text) {
        time.textContent = text;
      }
    }
  };
  if (document.querySelector("time[data-age]")) {
    setInterval(grow, 1000);
  }
})();
