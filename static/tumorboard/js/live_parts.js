// Does a part of the page show the last that was said, however quickly one change follows another? htmx drops what is
// triggered while an answer is on its way or being put in place, since the part that was asked is no longer there then.
// So it is counted what each part has heard, and a part that was put in place after more was said asks once more.
(() => {
  "use strict";

  const heard = {}; // topic -> how often it was said
  const asked = new Map(); // id of a part -> what had been said when its answer was asked for

  const topicsOf = (part) => (part.getAttribute?.("hx-trigger") || "").match(/live:[a-z]+/g) || [];
  const saidTo = (part) => topicsOf(part).reduce((sum, topic) => sum + (heard[topic] || 0), 0);

  for (const topic of ["room", "case", "said", "decision", "facts"]) {
    const name = `live:${topic}`;
    // Before the parts hear it: whatever they ask for then counts it in.
    document.body.addEventListener(name, () => { heard[name] = (heard[name] || 0) + 1; }, true);
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    if (part.id && topicsOf(part).length) asked.set(part.id, saidTo(part));
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target.id ? document.getElementById(event.target.id) : null;
    if (!part || !asked.has(part.id) || saidTo(part) === asked.get(part.id)) return;
    window.htmx.trigger(part, "again");
  });
})();
