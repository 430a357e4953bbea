// Is what was typed kept? <form data-autosave-url="..."> sends itself, raw, five seconds after a change, when a field
// is left and when the page is; [data-autosave-state] says so. Typing is never held up, and nothing is kept on the device.
// The address answers {"saved": "14:03"}; 409 with {"words": "..."} when somebody else has saved since.
(() => {
  "use strict";

  const PAUSE = 5000;
  const LATER = [2000, 5000, 15000, 30000]; // ms between tries while the server cannot be reached
  const CLOSED = "You are signed out. Sign in again in another tab; what you typed stays here.";
  const works = new WeakMap();

  function workOf(form) {
    if (!works.has(form)) works.set(form, { changed: false, sending: false, tries: 0, timer: 0 });
    return works.get(form);
  }

  function show(form, words, late) {
    const state = form.querySelector("[data-autosave-state]")
      || document.querySelector(`[data-autosave-state="${CSS.escape(form.id)}"]`);
    if (!state) return;
    const place = state.querySelector("[data-autosave-words]") || state;
    if (place.textContent !== words) place.textContent = words;
    state.classList.toggle("is-late", Boolean(late));
  }

  function body(form) {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  function soon(form, pause) {
    const work = workOf(form);
    clearTimeout(work.timer);
    work.timer = setTimeout(() => save(form), pause);
  }

  async function save(form) {
    const work = workOf(form);
    if (!work.changed || work.sending || !form.isConnected) return;
    clearTimeout(work.timer);
    work.sending = true;
    work.changed = false;
    try {
      await post(form, work);
    } catch {
      failed(form, work, "Not saved yet: no connection. What you type stays on this page.");
    } finally {
      work.sending = false;
    }
    if (work.changed && !work.tries) soon(form, PAUSE);
  }

  async function post(form, work) {
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: body(form),
      headers: { "X-Requested-With": "fetch", Accept: "application/json" },
    });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      failed(form, work, CLOSED);
      if (answer.status === 401) window.tumorboard?.signedOut?.();
    } else if (answer.status === 409) {
      const told = await answer.json().catch(() => ({}));
      show(form, told.words || "Somebody else has saved this since you opened it. Reload to see both versions.", true);
    } else if (answer.ok) {
      work.tries = 0;
      const told = await answer.json();
      if (!work.changed) delete form.dataset.unsavedChanges;
      show(form, `Saved ${told.saved}`);
    } else {
      failed(form, work, "Not saved yet: the server did not accept it. Trying again.");
    }
  }

  function failed(form, work, words) {
    work.changed = true;
    form.dataset.unsavedChanges = "1";
    show(form, words, true);
    soon(form, LATER[Math.min(work.tries, LATER.length - 1)]);
    work.tries += 1;
  }

  function touched(event) {
    const form = event.target.closest?.("form[data-autosave-url]");
    if (!form) return;
    const work = workOf(form);
    work.changed = true;
    if (!work.tries) {
      show(form, "Saving …");
      soon(form, PAUSE);
    }
  }

  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.("form[data-autosave-url]");
    if (form && !workOf(form).tries) save(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-autosave-url]") || event.defaultPrevented) return;
    const work = workOf(event.target);
    clearTimeout(work.timer);
    work.changed = false; // the submission carries it
  });
  window.addEventListener("online", () => document.querySelectorAll("form[data-autosave-url]").forEach((form) => save(form)));

  // The last words before the page goes: a beacon outlives it. Its token travels in the body.
  // Already when leaving begins, so that the next page is asked for after the words, not before them.
  function lastWords() {
    document.querySelectorAll("form[data-autosave-url]").forEach((form) => {
      const work = workOf(form);
      if (work.changed && navigator.sendBeacon(form.dataset.autosaveUrl, body(form))) work.changed = false;
    });
  }
  window.addEventListener("beforeunload", lastWords);
  window.addEventListener("pagehide", lastWords);
})();
