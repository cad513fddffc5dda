// The gradebook as a sheet: edits cells in place and saves them one by one, based on the version shown. The browser's
// focus alone selects the cell. An unsaved value stays in its cell, marked, until it is saved or the user decides.
"use strict";
(() => {
  const table = document.getElementById("grid");
  const panel = document.getElementById("grid-status");
  if (!table || !table.dataset.token) {
    return;
  }
  const UNDO_MAX = 50;
  const RESPONSE_MILLIS_MAX = 30000;
  const RETRY_MILLIS_MIN = 1000;
  const RETRY_MILLIS_MAX = 4000;
  const MARKS = { sending: "saving…", refused: "! not saved", failed: "! not saved", conflict: "⇄ not saved" };
  const rows = table.tBodies[0].rows;
  // cell → change, in the order of typing:
  // score (wanted), sent (the request that has no definite response yet), isInFlight, state, reason, theirs, entry
  const unsaved = new Map();
  const undos = [];
  let token = table.dataset.token;
  let retryTimer = 0;
  let retryMillis = RETRY_MILLIS_MIN;

  const make = (name, className, text = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const button = (text, action) => {
    const made = make("button", "plain", text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  };

  const cellOf = (node) => (node instanceof Element ? node.closest("#grid td.cell") : null);
  const named = (cell) => `${cell.querySelectorAll("bdi")[1].textContent} of ${cell.querySelectorAll("bdi")[0].textContent}`;
  const told = (score) => score || "blank";
  const stored = (cell) => cell.dataset.score;
  const shown = (cell) => (unsaved.has(cell) ? unsaved.get(cell).score : stored(cell));
  const go = (cell) => cell.focus();
  const beside = (cell, down, right) => {
    const cells = (row) => row.querySelectorAll("td.cell");
    const within = (at, length) => Math.max(0, Math.min(length - 1, at));
    const row = cell.closest("tr");
    const x = [...cells(row)].indexOf(cell);
    const others = cells(rows[within(row.sectionRowIndex + down, rows.length)]);
    return others[within(x + right, others.length)];
  };

  // Shows the latest status and all unsaved cells below the sheet. Never takes the focus.
  const said = document.getElementById("grid-said");
  const say = (text) => {
    said.textContent = text;
  };
  const undoButton = button("Undo", () => undo());
  const count = make("strong", "");
  const retryButton = button("Try again now", () => retry());
  const summary = make("p", "");
  summary.append(count, " ", retryButton);
  const list = make("ul", "plain");
  const trouble = make("div", "trouble");
  trouble.append(summary, list);
  panel.append(undoButton, trouble);

  const troubled = () => [...unsaved.values()].filter((change) => change.state !== "sending");
  const counted = () => `${troubled().length} not saved`;
  const sum = () => {
    const isRetried = troubled().some((change) => change.state === "failed");
    if (!isRetried) {
      leave(retryButton, table.querySelector("td.cell[tabindex='0']"));
    }
    trouble.hidden = troubled().length === 0;
    count.textContent = counted();
    retryButton.hidden = !isRetried;
    undoButton.hidden = undos.length === 0;
  };

  const why = (cell, change) =>
    change.state === "conflict"
      ? `Somebody else changed it: it is ${told(change.theirs.score)} now; you typed ${told(change.score)}.`
      : change.state === "failed"
        ? `${change.reason} It is tried again by itself.`
        : change.reason;

  // Returns the cell's entry in the list; renders it again only if its text changed, so that its buttons don't move.
  const enter = (cell, change) => {
    const text = `${named(cell)}: ${told(change.score)} is not saved. ${why(cell, change)}`;
    if (change.entry && change.entry.dataset.text === text) {
      return;
    }
    const entry = make("li", "");
    entry.dataset.text = text;
    entry.append(make("span", "", text));
    if (change.state === "conflict") {
      entry.append(
        button(`Keep ${told(change.theirs.score)}`, () => keepTheirs(cell, change)),
        button(`Save ${told(change.score)}`, () => saveMine(cell, change)));
    } else {
      entry.append(button("Go to the cell", () => go(cell)));
    }
    if (change.entry) {
      leave(change.entry, cell);
      change.entry.replaceWith(entry);
    } else {
      list.append(entry);
    }
    change.entry = entry;
  };
  // Moves the focus before a focused button disappears; it would be lost otherwise.
  const leave = (part, cell) => {
    if (part.contains(document.activeElement)) {
      go(cell);
    }
  };
  const dismiss = (cell, change) => {
    if (change.entry) {
      leave(change.entry, cell);
      change.entry.remove();
      change.entry = null;
    }
  };

  const render = (cell) => {
    const change = unsaved.get(cell);
    const link = cell.querySelector("a");
    const value = link.querySelector(".value");
    value.textContent = shown(cell);
    link.querySelectorAll(".blank, .blank + .unseen").forEach((old) => old.remove());
    if (shown(cell) === "") {
      value.after(make("span", "blank", "–"), make("span", "unseen", "blank"));
    }
    cell.querySelectorAll(".mark, .why").forEach((old) => old.remove());
    const isTrouble = Boolean(change) && change.state !== "sending";
    cell.classList.toggle("saving", Boolean(change) && !isTrouble);
    cell.classList.toggle("unsaved", isTrouble);
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
    if (change) {
      cell.append(make("small", "mark", MARKS[change.state]));
    }
    if (isTrouble) {
      const reason = make("span", "why", why(cell, change));
      reason.id = `${cell.id}-why`;
      reason.setAttribute("aria-hidden", "true");
      cell.append(reason);
      cell.setAttribute("aria-invalid", "true");
      cell.setAttribute("aria-describedby", reason.id);
      enter(cell, change);
    } else if (change) {
      dismiss(cell, change);
    }
    sum();
  };

  // Stores the gradebook's current state, on which the next change of this cell is based.
  const base = (cell, answer) => {
    const link = cell.querySelector("a");
    cell.dataset.score = answer.score;
    cell.dataset.grade = answer.grade;
    cell.dataset.version = answer.version;
    cell.classList.toggle("excused", Boolean(answer.excused));
    link.querySelectorAll("small").forEach((old) => old.remove());
    if (answer.excused) {
      link.append(make("small", "", "excused"));
    }
    const address = new URL(link.href);
    address.searchParams.delete("grade");
    if (answer.grade) {
      address.searchParams.set("grade", answer.grade);
    }
    link.href = address.pathname + address.search;
    if (answer.soFar) {
      const row = cell.closest("tr");
      row.querySelector(".so-far").textContent = answer.soFar;
      row.querySelector(".with-blanks").textContent = answer.withBlanks;
    }
  };
  const forget = (cell) => {
    const change = unsaved.get(cell);
    unsaved.delete(cell);
    dismiss(cell, change);
    render(cell);
  };

  const send = async (cell, sent, isResealed) => {
    let response = null;
    try {
      response = await fetch("/gradebook/cell", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({
          token: sent.token,
          Student: cell.closest("tr").dataset.student,
          Item: cell.dataset.item,
          Grade: cell.dataset.grade,
          Version: cell.dataset.version,
          Score: sent.score
        }),
        signal: AbortSignal.timeout(RESPONSE_MILLIS_MAX)
      });
      if (response.status === 403 && !isResealed) {
        // the portal was restarted; it signs the same token again, so that the change is applied once
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        sent.token = page.querySelector("input[name=token]").value;
        return send(cell, sent, true);
      }
      const answer = await response.json();
      token = answer.token || token;
      return answer;
    } catch (failure) {
      return { status: "failed", reason: response ? "The portal couldn’t take it." : "The portal doesn’t answer." };
    }
  };

  // Sends one request per cell at a time, each based on the previous response. Returns whether the response was definite.
  const pump = async (cell) => {
    const change = unsaved.get(cell);
    if (!change || change.isInFlight || (change.state !== "sending" && change.state !== "failed")) {
      return true;
    }
    change.isInFlight = true;
    change.sent = change.sent || { score: change.score, token };
    render(cell);
    const answer = await send(cell, change.sent, false);
    change.isInFlight = false;
    return settle(cell, change, answer);
  };

  const settle = (cell, change, answer) => {
    if (answer.status === "failed") {
      // the outcome is unknown: send the same request again before any other of this cell
      const isNews = change.state !== "failed";
      change.state = "failed";
      change.reason = answer.reason;
      render(cell);
      if (isNews) {
        say(`${named(cell)} is not saved. ${answer.reason} ${counted()}.`);
      }
      retryLater();
      return false;
    }
    const { score } = change.sent;
    const isNewest = change.score === score;
    change.sent = null;
    change.state = "sending";
    retryMillis = RETRY_MILLIS_MIN;
    if (answer.status === "saved") {
      say(`${named(cell)}: ${told(stored(cell))} → ${told(answer.score)}. Saved.`);
      base(cell, answer);
      if (isNewest) {
        forget(cell);
        return true;
      }
    } else if (answer.status === "conflict") {
      change.theirs = answer;
      change.state = "conflict";
      if (change.score === answer.score) {
        base(cell, answer);
        forget(cell);
        return true;
      }
      render(cell);
      say(`Somebody else changed ${named(cell)}; choose below the sheet. ${counted()}.`);
      return true;
    } else if (isNewest) {
      change.state = "refused";
      change.reason = answer.reason || "The portal refused it.";
      render(cell);
      say(`${named(cell)}: ${told(score)} is not saved. ${change.reason} ${counted()}.`);
      return true;
    }
    if (change.score === stored(cell)) {
      forget(cell);
      return true;
    }
    return pump(cell);
  };

  const retryLater = () => {
    if (retryTimer === 0) {
      retryTimer = setTimeout(retry, retryMillis);
      retryMillis = Math.min(retryMillis * 2, RETRY_MILLIS_MAX);
    }
  };
  const retry = async () => {
    clearTimeout(retryTimer);
    retryTimer = 0;
    for (const [cell, change] of [...unsaved]) {
      if (change.state === "failed" && !await pump(cell)) {
        return;
      }
    }
  };

  const want = (cell, score) => {
    if (!unsaved.has(cell)) {
      unsaved.set(cell, { score, sent: null, isInFlight: false, state: "sending", reason: "", theirs: null, entry: null });
    }
    const change = unsaved.get(cell);
    change.score = score;
    if (change.state === "conflict") {
      if (score === change.theirs.score) {
        keepTheirs(cell, change);
      } else {
        render(cell);
      }
      return;
    }
    if (change.state === "refused") {
      change.state = "sending";
    }
    if (!change.sent && score === stored(cell)) {
      forget(cell);
    } else {
      render(cell);
      pump(cell);
    }
  };
  const remember = (cell) => {
    undos.push({ cell, score: shown(cell) });
    undos.splice(0, Math.max(0, undos.length - UNDO_MAX));
  };
  const change = (cell, score) => {
    if (score !== shown(cell)) {
      remember(cell);
      want(cell, score);
    }
  };

  // A change can't be undone beyond a conflict: that would undo another user's change.
  const keepTheirs = (cell, conflict) => {
    undos.splice(0, undos.length, ...undos.filter((each) => each.cell !== cell));
    base(cell, conflict.theirs);
    forget(cell);
    say(`${named(cell)}: ${told(conflict.theirs.score)} stays.`);
  };
  const saveMine = (cell, conflict) => {
    const { score } = conflict;
    keepTheirs(cell, conflict);
    change(cell, score);
  };
  const undo = () => {
    const last = undos.pop();
    sum();
    if (!last) {
      say("There is nothing to take back.");
      return;
    }
    go(last.cell);
    const newest = unsaved.get(last.cell);
    if (newest && newest.state === "conflict") {
      keepTheirs(last.cell, newest);
    } else {
      want(last.cell, last.score);
    }
  };

  // Typing: the cell's input element is the state. It ends when the focus leaves it for any reason.
  const edit = (cell, typed) => {
    const link = cell.querySelector("a");
    const input = make("input", "");
    input.setAttribute("aria-label", named(cell));
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.defaultValue = shown(cell);
    link.after(input);
    input.focus();
    link.hidden = true;
    if (typed === null) {
      input.select();
    } else {
      input.value = typed;
    }
    if (cell.hasAttribute("aria-describedby")) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", cell.getAttribute("aria-describedby"));
    }
  };
  const isTouched = (input) => input.value !== input.defaultValue;
  const finish = (cell, input) => {
    const typed = input.value.trim();
    const wasTouched = isTouched(input);
    cell.querySelector("a").hidden = false;
    input.remove();
    if (wasTouched) {
      change(cell, typed);
    }
  };

  const whileTyping = (event, cell) => {
    if (event.key === "Enter") {
      event.preventDefault();
      go(beside(cell, 1, 0));
    } else if (event.key === "Tab") {
      event.preventDefault();
      go(beside(cell, 0, event.shiftKey ? -1 : 1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.target.value = event.target.defaultValue;
      go(cell);
    }
  };
  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };
  const ENDS = { Home: -1, End: 1 };
  const whileMoving = (event, cell) => {
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (ARROWS[event.key] && !isCommand) {
      go(beside(cell, ...ARROWS[event.key]));
    } else if (ENDS[event.key] && !event.altKey && !event.metaKey) {
      go(beside(cell, event.ctrlKey ? ENDS[event.key] * rows.length : 0, ENDS[event.key] * cell.closest("tr").cells.length));
    } else if ((event.key === "Enter" || event.key === "F2") && !isCommand) {
      edit(cell, null);
    } else if ((event.key === "Delete" || event.key === "Backspace") && !isCommand) {
      change(cell, "");
    } else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      undo();
    } else if (event.key.length === 1 && event.key !== " " && !isCommand) {
      // accept any character: of "-5" or ",5", the 5 alone would be another score
      edit(cell, event.key);
    } else {
      return;
    }
    event.preventDefault();
  };

  // Without a selection, browsers send a paste to the body: the focus selects the cell here, too.
  const pasted = (event) => {
    const field = event.type === "paste" ? document.activeElement : event.target;
    const cell = cellOf(field);
    const text = (event.clipboardData || event.dataTransfer).getData("text").trim();
    if (!cell || !text) {
      return;
    }
    if (/[\t\r\n]/.test(text)) {
      // an input element would join them to one number
      event.preventDefault();
      say("That is more than one score, so nothing was pasted. A whole sheet goes by “Upload a CSV”, below.");
    } else if (!field.matches("input")) {
      event.preventDefault();
      edit(cell, text);
    }
  };

  table.setAttribute("role", "grid");
  for (const cell of table.querySelectorAll("td.cell")) {
    const link = cell.querySelector("a");
    cell.tabIndex = -1;
    cell.dataset.score = cell.querySelector(".value").textContent;
    link.tabIndex = -1;
    link.draggable = false;
  }
  table.querySelector("td.cell").tabIndex = 0;
  sum();

  table.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell) {
      table.querySelectorAll("td.cell[tabindex='0']").forEach((other) => {
        other.tabIndex = -1;
      });
      cell.tabIndex = 0;
    }
  });
  table.addEventListener("focusout", (event) => {
    // it stays the active element if only the window loses the focus; typing continues later
    if (event.target.matches("td.cell input") && event.target !== document.activeElement) {
      finish(cellOf(event.target), event.target);
    }
  });
  table.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (cell && !event.isComposing) {
      (event.target.matches("input") ? whileTyping : whileMoving)(event, cell);
    }
  });
  table.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.target.matches("input") || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const input = cell.querySelector("input");
    if (input) {
      input.focus();
    } else {
      edit(cell, null);
    }
  });
  document.addEventListener("paste", pasted);
  table.addEventListener("drop", pasted);
  window.addEventListener("beforeunload", (event) => {
    const input = table.querySelector("td.cell input");
    if (unsaved.size > 0 || (input && isTouched(input))) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
})();
