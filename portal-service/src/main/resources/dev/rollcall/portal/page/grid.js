// The gradebook as a sheet: cells are changed in place, saved one by one on top of what was shown.
"use strict";
(() => {
  const table = document.getElementById("grid");
  const status = document.getElementById("grid-status");
  if (!table || !table.dataset.token) {
    return;
  }
  const UNDO_MAX = 50;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td.cell")]);
  const undos = [];
  let token = table.dataset.token;
  let current = rows[0][0];
  let editing = null;

  table.setAttribute("role", "grid");
  for (const cells of rows) {
    for (const cell of cells) {
      cell.tabIndex = -1;
      cell.querySelector("a").tabIndex = -1;
    }
  }
  current.tabIndex = 0;

  const place = (cell) => {
    const y = rows.findIndex((cells) => cells.includes(cell));
    return [y, rows[y].indexOf(cell)];
  };
  const value = (cell) => cell.querySelector(".value").textContent;
  const named = (cell) => `${cell.querySelectorAll("bdi")[1].textContent} of ${cell.querySelectorAll("bdi")[0].textContent}`;

  const go = (cell) => {
    if (cell) {
      current.tabIndex = -1;
      current = cell;
      current.tabIndex = 0;
      current.focus();
    }
  };
  const move = (dy, dx) => {
    const [y, x] = place(current);
    const row = rows[Math.max(0, Math.min(rows.length - 1, y + dy))];
    go(row[Math.max(0, Math.min(row.length - 1, x + dx))]);
  };

  const say = (text, ...buttons) => {
    status.replaceChildren();
    const words = document.createElement("span");
    words.textContent = text;
    status.append(words, ...buttons);
  };
  const button = (text, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  };

  const show = (cell, told) => {
    const link = cell.querySelector("a");
    link.querySelector(".value").textContent = told.score;
    link.querySelectorAll(".blank, small, .value + .unseen, .blank + .unseen").forEach((old) => old.remove());
    if (told.score === "") {
      const blank = document.createElement("span");
      blank.className = "blank";
      blank.textContent = "–";
      link.append(blank);
    }
    if (told.excused) {
      const excused = document.createElement("small");
      excused.textContent = "excused";
      link.append(excused);
    }
    cell.classList.toggle("excused", Boolean(told.excused));
    cell.dataset.grade = told.grade;
    cell.dataset.version = told.version;
    const address = new URL(link.href);
    address.searchParams.delete("grade");
    if (told.grade) {
      address.searchParams.set("grade", told.grade);
    }
    link.href = address.pathname + address.search;
    const row = cell.closest("tr");
    if (told.soFar) {
      row.querySelector(".so-far").textContent = told.soFar;
      row.querySelector(".with-blanks").textContent = told.withBlanks;
    }
  };

  const renewToken = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    token = page.getElementById("grid").dataset.token;
  };

  const send = async (cell, score, isAgain) => {
    const form = new URLSearchParams({
      token,
      Student: cell.closest("tr").dataset.student,
      Item: cell.dataset.item,
      Grade: cell.dataset.grade,
      Version: cell.dataset.version,
      Score: score
    });
    const answer = await fetch("/gradebook/cell", {
      method: "POST",
      headers: { Accept: "application/json" },
      body: form
    });
    if (answer.status === 403 && !isAgain) {
      // the portal was started again since the page was made
      await renewToken();
      return send(cell, score, true);
    }
    const told = await answer.json();
    token = told.token || token;
    return told;
  };

  // One change of a cell after the other: each goes on top of what the one before came to.
  const saves = new WeakMap();
  const save = (cell, score, isUndo) => {
    const next = (saves.get(cell) || Promise.resolve()).then(() => store(cell, score, isUndo));
    saves.set(cell, next);
    return next;
  };

  const store = async (cell, score, isUndo) => {
    const before = value(cell);
    if (score === before) {
      return;
    }
    cell.classList.add("saving");
    let told;
    try {
      told = await send(cell, score, false);
    } catch (gone) {
      told = { status: "failed", reason: "The portal doesn’t answer." };
    }
    cell.classList.remove("saving");
    const what = named(cell);
    if (told.status === "saved") {
      show(cell, told);
      if (!isUndo) {
        undos.push({ cell, score: before });
        undos.splice(0, Math.max(0, undos.length - UNDO_MAX));
      }
      const text = `${what}: ${before || "blank"} → ${told.score || "blank"}. Saved.`;
      say(text, ...(isUndo ? [] : [button("Undo", undo)]));
    } else if (told.status === "conflict") {
      const theirs = told.score || "blank";
      say(`Somebody else changed ${what}: it is ${theirs} now; you typed ${score || "blank"}.`,
        button(`Keep ${theirs}`, () => {
          show(cell, told);
          say(`${what}: ${theirs} stays.`);
          go(cell);
        }),
        button(`Save ${score || "blank"}`, () => {
          show(cell, told);
          save(cell, score, false);
          go(cell);
        }));
      cell.classList.add("conflict");
      status.querySelector("button").focus();
      status.addEventListener("click", () => cell.classList.remove("conflict"), { once: true });
    } else {
      say(`${what} was not changed to ${score || "blank"}: ${told.reason || "the portal couldn’t take it; reload the page"}`,
        button("Try again", () => save(cell, score, isUndo)));
    }
  };

  const undo = () => {
    const last = undos.pop();
    if (last) {
      go(last.cell);
      save(last.cell, last.score, true);
    } else {
      say("There is nothing to take back.");
    }
  };

  const end = (isSaved) => {
    if (!editing) {
      return;
    }
    const { cell, input } = editing;
    editing = null;
    const typed = input.value.trim();
    input.remove();
    cell.querySelector("a").hidden = false;
    if (isSaved) {
      save(cell, typed, false);
    }
  };

  const edit = (cell, first) => {
    end(true);
    go(cell);
    const input = document.createElement("input");
    input.setAttribute("aria-label", named(cell));
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.maxLength = 14;
    input.value = first === null ? value(cell) : first;
    cell.querySelector("a").hidden = true;
    cell.append(input);
    editing = { cell, input };
    input.focus();
    if (first === null) {
      input.select();
    }
    input.addEventListener("blur", () => {
      if (editing && editing.input === input) {
        end(true);
      }
    });
  };

  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (editing) {
      if (event.key === "Enter") {
        event.preventDefault();
        end(true);
        move(1, 0);
        current.focus();
      } else if (event.key === "Tab") {
        event.preventDefault();
        end(true);
        move(0, event.shiftKey ? -1 : 1);
        current.focus();
      } else if (event.key === "Escape") {
        event.preventDefault();
        end(false);
        current.focus();
      }
      return;
    }
    if (!event.target.closest("td.cell")) {
      return;
    }
    if (arrows[event.key] && !isCommand) {
      event.preventDefault();
      move(...arrows[event.key]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      move(event.ctrlKey ? (event.key === "Home" ? -rows.length : rows.length) : 0, event.key === "Home" ? -1e6 : 1e6);
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      move(event.key === "PageUp" ? -10 : 10, 0);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      edit(current, null);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      save(current, "", false);
    } else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      undo();
    } else if (/^[0-9.]$/.test(event.key) && !isCommand) {
      event.preventDefault();
      edit(current, event.key);
    }
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td.cell");
    if (cell && !event.target.closest("input") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      edit(cell, null);
    }
  });
})();
