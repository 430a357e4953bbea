// May the screen of a room still show its meeting? It asks the server every twenty seconds and whenever it is told to.
// Locked or over, the page is left at once for the covered one; so it is when nothing was heard for as long as a room
// may be idle: a patient does not stay on the wall because a cable was pulled.
(() => {
  "use strict";

  const place = document.querySelector("[data-room-state]");
  if (!place) return;
  const LOOK = 20000; // ms
  const patience = Number(place.dataset.roomMinutes) * 60000;
  let heard = Date.now();

  function cover() {
    document.body.replaceChildren();
    window.location.replace(place.dataset.roomLock);
  }

  async function look() {
    const answer = await fetch(place.dataset.roomState, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) {
      heard = Date.now();
      const said = await answer.json().catch(() => ({ is: "over" }));
      if (said.is !== "open") cover();
    } else if (Date.now() - heard > patience) {
      cover();
    }
  }

  window.tumorboard.signedOut = cover; // live.js says so when its stream is refused
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault();
    cover();
  });
  document.body.addEventListener("live:screen", look);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  setInterval(look, LOOK);
})();
