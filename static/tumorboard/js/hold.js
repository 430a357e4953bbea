// What makes the live screen live? Clocks, and parts that follow what others do without disturbing whoever types.
// live.js says what has changed; htmx fetches the part; here it is decided whether it may take its place now.
(() => {
  "use strict";

  // -- clocks -------------------------------------------------------------------------------------------------

  const two = (number) => String(number).padStart(2, "0");
  const since = (text, now) => Math.max(0, Math.floor((now - Date.parse(text)) / 1000));
  const ahead = new WeakMap(); // by how much this machine's clock is ahead of the server's, for each answer

  function serverNow() {
    const head = document.querySelector("[data-server-now]");
    if (!head) return Date.now();
    if (!ahead.has(head)) ahead.set(head, Date.now() - Date.parse(head.dataset.serverNow));
    return Date.now() - ahead.get(head);
  }

  function tick() {
    const now = serverNow();
    const clock = document.querySelector("[data-clock-from]");
    if (clock) {
      const seconds = since(clock.dataset.clockFrom, now);
      put(clock.querySelector("b"), `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`);
      clock.classList.toggle("over", seconds > Number(clock.dataset.clockMinutes) * 60);
    }
    const pace = document.querySelector("[data-pace-begun]");
    if (pace) tickPace(pace, now);
  }

  // The same rule as on the server: planned for what is done and for what the open case has used of its own, less
  // the time that has passed.
  function tickPace(pace, now) {
    let earned = 60 * Number(pace.dataset.paceDone);
    if (pace.dataset.paceOpen) {
      earned += Math.min(since(pace.dataset.paceOpen, now), 60 * Number(pace.dataset.paceMinutes));
    }
    const seconds = earned - since(pace.dataset.paceBegun, now);
    const minutes = Math.floor(Math.abs(seconds) / 60);
    put(pace.querySelector("[data-pace-words]"), minutes ? `${minutes} min ${seconds > 0 ? "in hand" : "over"}` : "on time");
    pace.classList.toggle("over", minutes > 0 && seconds < 0);
  }

  function put(element, words) {
    if (element && element.textContent !== words) element.textContent = words;
  }

  tick();
  setInterval(tick, 1000);

  // -- letters in the drawing ---------------------------------------------------------------------------------

  // The map takes what room is left; its letters do not shrink with it.
  function letters() {
    const unit = Math.min(innerWidth / 1920, innerHeight / 1080);
    document.querySelectorAll(".lv-map .liver-map").forEach((map) => {
      const scale = map.getScreenCTM()?.a;
      if (scale) map.style.setProperty("--lv-letter", `${((18.2 * unit) / scale).toFixed(2)}px`);
    });
  }

  letters();
  window.addEventListener("resize", letters);
  document.addEventListener("htmx:afterSettle", letters);

  // -- nothing disturbs typing --------------------------------------------------------------------------------

  const FIELDS = "textarea, select, input:not([type=hidden], [type=radio], [type=checkbox], [type=submit])";
  const isChanged = (field) => field.matches("textarea, input") && field.value !== field.defaultValue;

  function isBusy(part) {
    const here = document.activeElement;
    if (part.contains(here) && here.matches(FIELDS)) return true;
    return [...part.querySelectorAll(FIELDS)].some(isChanged);
  }

  const isOccupied = (stage) => isBusy(stage) || Boolean(stage.querySelector("dialog[open]"));
  const byItself = (event) => /^(live:|again$)/.test(event.detail.requestConfig?.triggeringEvent?.type || "");

  // Another case is before the board. Where nobody types the screen goes along; where somebody does it only says so.
  function sayInTheHead() {
    const head = document.getElementById("lv-head");
    if (head) window.htmx.trigger(head, "again");
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "lv-stage" || !isOccupied(event.detail.elt)) return;
    event.preventDefault();
    sayInTheHead();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    if (!part.isConnected || !byItself(event) || event.detail.xhr.status !== 200) return;
    if (part.id === "lv-stage" && isOccupied(part)) {
      event.detail.shouldSwap = false;
      sayInTheHead();
    } else if (part.id === "lv-said" && window.tumorboard.saying?.keeps(part, event.detail.xhr.responseText)) {
      event.detail.shouldSwap = false;
    } else if (part.id !== "lv-said" && part.id !== "lv-stage" && isBusy(part)) {
      event.detail.shouldSwap = false;
    }
  });

  // A part that was fetched in vain says so once in red elsewhere; here live.js says "not connected" already.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "lv-stage" || event.detail.elt?.id === "lv-stage") {
      tick();
      const name = document.querySelector("[data-case-number]")?.textContent;
      if (name) window.tumorboard.say(`Case ${name} is before the board.`);
    }
  });

  // -- the chair, at what was read back -----------------------------------------------------------------------

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.target.matches?.("[data-agrees]")) return;
    if (!event.detail.successful) {
      window.tumorboard.say("The decision has changed meanwhile. Read it back again.");
    }
    // Without a live line too, what stands now is shown at once.
    const strip = document.getElementById("lv-decision");
    if (strip) window.htmx.trigger(strip, "again");
  });

  // What is drawn once for everybody carries nobody's token; it is added when the form goes.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-with-token]") || form.elements.csrfmiddlewaretoken) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "csrfmiddlewaretoken";
    field.value = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    form.append(field);
  }, true);

  // A dialog that the server sent open stands over the page like one that was opened here.
  document.querySelectorAll("dialog[open]").forEach((dialog) => {
    dialog.close();
    dialog.showModal();
  });
})();
