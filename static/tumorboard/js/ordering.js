// How is a list put in order by hand? A handle is dragged, or lifted with Space and moved with the arrows.
// The order is sent as a whole; the server answers with the list, whichever it is.
(() => {
  "use strict";

  const EDGE = 60; // px from the edge of the window in which dragging scrolls
  let held = null; // what is lifted: {row, handle, home: where it came from, by: "keys" or "pointer"}

  const agenda = () => document.querySelector("[data-agenda]");
  const lists = () => [...agenda().querySelectorAll("[data-lane]")];
  const rows = () => [...agenda().querySelectorAll("[data-item]")];
  const listOf = (row) => row.closest("[data-lane]");
  const order = () => rows().map((row) => `${listOf(row).dataset.lane}:${row.dataset.item}`).join(" ");
  const say = (words) => window.tumorboard.say(words);

  function where(row) {
    const list = listOf(row);
    const inside = [...list.querySelectorAll("[data-item]")];
    return `${inside.indexOf(row) + 1} of ${inside.length}, ${list.dataset.laneName}`;
  }

  function lift(handle, by) {
    const row = handle.closest("[data-item]");
    held = { row, handle, by, home: { list: listOf(row), next: row.nextElementSibling }, before: order() };
    row.classList.add("is-lifted");
    handle.setAttribute("aria-pressed", "true");
  }

  function release() {
    unmark();
    held.row.classList.remove("is-lifted");
    held.handle.setAttribute("aria-pressed", "false");
    held = null;
  }

  function putBack() {
    const { row, handle, home } = held;
    home.list.insertBefore(row, home.next);
    release();
    handle.focus();
    say(`${row.dataset.number} is back in its place: ${where(row)}.`);
  }

  function drop() {
    const { row, handle, before } = held;
    release();
    handle.focus();
    if (order() === before) {
      say(`${row.dataset.number} stays where it was.`);
      return;
    }
    say(`${row.dataset.number} put down: ${where(row)}.`);
    const form = agenda().querySelector("[data-order]");
    form.elements.order.value = order();
    form.requestSubmit();
  }

  // -- by keys

  function step(up) {
    const { row, handle } = held;
    const list = listOf(row);
    const beside = [...list.querySelectorAll("[data-item]")];
    const next = beside[beside.indexOf(row) + (up ? -1 : 1)];
    if (next) {
      if (up) next.before(row);
      else next.after(row);
    } else {
      const other = lists()[lists().indexOf(list) + (up ? -1 : 1)];
      if (!other) {
        say(`${row.dataset.number} is ${up ? "first" : "last"} already.`);
        return;
      }
      if (up) other.append(row);
      else other.prepend(row);
    }
    handle.focus();
    row.scrollIntoView({ block: "nearest" });
    say(`${row.dataset.number}: ${where(row)}.`);
  }

  function keyed(event) {
    const handle = event.target.closest?.("[data-handle]");
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
    const lifted = held?.handle === handle && held.by === "keys";
    if (event.key === " " || (event.key === "Enter" && lifted)) {
      if (lifted) drop();
      else if (!held) {
        lift(handle, "keys");
        const row = held.row;
        say(`${row.dataset.number} lifted: ${where(row)}. Arrows move it, Space puts it down, Escape puts it back.`);
      }
    } else if (lifted && event.key === "ArrowUp") step(true);
    else if (lifted && event.key === "ArrowDown") step(false);
    else if (lifted && event.key === "Escape") putBack();
    else if (lifted && event.key === "Tab") putBack();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  }

  // -- by pointer

  function unmark() {
    agenda()?.querySelectorAll(".is-before, .is-after").forEach((one) => one.classList.remove("is-before", "is-after"));
  }

  // Between which rows the pointer is: [the list, the row before which it would stand or null].
  function target(y) {
    const list = lists().findLast((one) => one.getBoundingClientRect().top - 30 <= y) || lists()[0];
    const inside = [...list.querySelectorAll("[data-item]")].filter((row) => row !== held.row);
    const next = inside.find((row) => {
      const box = row.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return { list, next: next || null, last: inside.at(-1) };
  }

  function dragged(event) {
    if (held?.by !== "pointer") return;
    event.preventDefault();
    unmark();
    const to = target(event.clientY);
    held.to = to;
    if (to.next) to.next.classList.add("is-before");
    else (to.last || to.list).classList.add("is-after");
    if (event.clientY < EDGE) window.scrollBy(0, -12);
    else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
  }

  function dropped() {
    if (held?.by !== "pointer") return;
    const { row, to } = held;
    if (to?.next) to.next.before(row);
    else if (to?.last) to.last.after(row);
    else if (to) to.list.append(row);
    drop();
  }

  document.addEventListener("keydown", keyed, true);
  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-handle]");
    if (!handle || event.button || held) return;
    handle.setPointerCapture(event.pointerId);
    lift(handle, "pointer");
  });
  document.addEventListener("pointermove", dragged);
  document.addEventListener("pointerup", dropped);
  document.addEventListener("pointercancel", () => held?.by === "pointer" && putBack());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held?.by === "pointer") putBack();
  });
  // The list was replaced while something was lifted: there is nothing left to put down.
  document.addEventListener("htmx:afterSwap", () => {
    if (held && !held.row.isConnected) held = null;
  });
})();
