// How do words reach the record while somebody types them? <form data-saying="..."> sends itself 600 ms after a pause
// and when the field is left, with the version it has seen. 409: somebody else has written meanwhile, and both
// versions stand side by side until one is chosen. Without a connection the text stays and is sent when it is back.
(() => {
  "use strict";

  const PAUSE = 600;
  const LATER = [1000, 2000, 5000, 10000]; // ms between tries while the server cannot be reached
  const CUT = "Not saved: no connection. What you type stays here and is saved when it is back.";
  const CLOSED = "Not saved: you are signed out. Sign in again in another tab; what you typed stays here.";
  const REFUSED = "Not saved: the server could not do it. Trying again.";
  const ENDED = "This case is no longer before the board.";
  const works = new WeakMap();

  const find = () => document.querySelector("form[data-saying]");
  const textOf = (form) => form.querySelector("[data-live-text]");

  function workOf(form) {
    if (!works.has(form)) {
      const typedBefore = Boolean(form.querySelector("[aria-invalid=true]"));
      works.set(form, { known: typedBefore ? null : textOf(form).value, sending: null, timer: 0, tries: 0, theirs: null });
    }
    return works.get(form);
  }

  const isDirty = (form) => textOf(form).value !== workOf(form).known;
  const bothOf = (form) => form.querySelector("[data-both]");

  function say(form, words, late) {
    const state = form.querySelector("[data-said-state]");
    if (state.textContent !== words) state.textContent = words;
    state.classList.toggle("is-late", Boolean(late));
  }

  function soon(form, pause) {
    const work = workOf(form);
    clearTimeout(work.timer);
    work.timer = setTimeout(() => save(form), pause);
  }

  function save(form) {
    const work = workOf(form);
    clearTimeout(work.timer);
    if (work.sending) return work.sending;
    if (work.theirs || !isDirty(form) || !form.isConnected) return Promise.resolve();
    work.sending = send(form, work, textOf(form).value)
      .catch(() => late(form, work, CUT))
      .finally(() => {
        work.sending = null;
        if (work.recheck) recheck(form, work);
        else if (isDirty(form) && !work.theirs && !work.tries) soon(form, PAUSE);
      });
    return work.sending;
  }

  async function send(form, work, words) {
    const answer = await fetch(form.dataset.saying, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    if (answer.status === 401) window.tumorboard?.signedOut?.();
    if (answer.redirected || answer.status === 401 || answer.status === 403) return late(form, work, CLOSED);
    if (![200, 409, 422].includes(answer.status)) return late(form, work, REFUSED);
    const told = await answer.json();
    work.tries = 0;
    if (answer.status === 422) {
      work.tries = 1; // said once, and sent again with the next letter
      return say(form, told.error, true);
    }
    if (answer.status === 409) return differ(form, told);
    adopt(form, told.version, words);
    return say(form, `Saved ${told.saved}`);
  }

  function late(form, work, words) {
    say(form, words, true);
    soon(form, LATER[Math.min(work.tries, LATER.length - 1)]);
    work.tries += 1;
  }

  // What stands in the record now; the text itself is not touched.
  function adopt(form, version, words) {
    const work = workOf(form);
    work.known = words;
    form.elements.version.value = version;
    textOf(form).defaultValue = words;
  }

  // -- two versions -------------------------------------------------------------------------------------------

  function differ(form, theirs) {
    const both = bothOf(form);
    workOf(form).theirs = theirs;
    both.querySelector("[data-theirs]").textContent = theirs.words || "Nothing.";
    both.querySelector("[data-theirs-by]").textContent = theirs.by ? ` · ${theirs.by}${theirs.at ? `, ${theirs.at}` : ""}` : "";
    both.querySelector("[data-mine]").textContent = textOf(form).value || "Nothing.";
    both.hidden = false;
    say(form, "Somebody else has written meanwhile. Choose one; you can go on typing.", true);
  }

  function keepMine(form) {
    const work = workOf(form);
    const text = textOf(form);
    if (work.theirs) adopt(form, work.theirs.version, work.theirs.words);
    else text.value = bothOf(form).querySelector("[data-mine]").textContent; // typed before, and kept by the server
    work.theirs = null;
    bothOf(form).hidden = true;
    text.focus();
    save(form);
  }

  function takeTheirs(form) {
    const work = workOf(form);
    const text = textOf(form);
    if (work.theirs) {
      text.value = work.theirs.words;
      adopt(form, work.theirs.version, work.theirs.words);
    }
    work.theirs = null;
    bothOf(form).hidden = true;
    say(form, "");
    text.focus();
    fetch(form.dataset.late, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => {});
  }

  // -- what others write --------------------------------------------------------------------------------------

  function recheck(form, work) {
    work.recheck = false;
    const part = form.closest("[hx-get]");
    if (part) window.htmx.trigger(part, "again");
  }

  // Whether the part as it stands is kept: somebody is in it. Then what is new in the answer is told beside the text.
  function keeps(part, answer) {
    const form = part.querySelector("form[data-saying]");
    if (!form) return false;
    const work = workOf(form);
    const inIt = document.activeElement === textOf(form) || isDirty(form) || work.sending || work.theirs || !bothOf(form).hidden;
    if (!inIt) return false;
    if (work.sending) {
      work.recheck = true; // it may be one's own words that are announced
      return true;
    }
    hear(form, work, new DOMParser().parseFromString(answer, "text/html"));
    return true;
  }

  function hear(form, work, page) {
    const theirs = page.querySelector("form[data-saying]");
    if (!theirs) {
      say(form, ENDED, true);
      return;
    }
    const version = Number(theirs.elements.version.value);
    if (version <= Number(form.elements.version.value)) return;
    const by = page.querySelector("[data-said-by]")?.textContent.trim().replace(/^· /, "") || "";
    const words = textOf(theirs).defaultValue;
    if (words === textOf(form).value) adopt(form, version, words);
    else differ(form, { version, words, by, at: "" });
    const who = form.querySelector("[data-said-by]");
    if (who) who.textContent = by ? `· ${by}` : "";
  }

  // -- events -------------------------------------------------------------------------------------------------

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-saying]");
    if (!form || !event.target.matches("[data-live-text]")) return;
    const work = workOf(form);
    if (work.theirs) {
      bothOf(form).querySelector("[data-mine]").textContent = textOf(form).value;
    } else if (!work.tries || form.querySelector("[data-said-state]").textContent !== CUT) {
      work.tries = 0;
      say(form, "Saving …");
      soon(form, PAUSE);
    }
  });
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.("form[data-saying]");
    if (form && !workOf(form).tries) save(form);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("[data-live-text]")) return;
    if (event.key === "Escape") event.target.blur(); // gives the keys back
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("form[data-saying]");
    if (form && event.target.closest("[data-keep-mine]")) keepMine(form);
    if (form && event.target.closest("[data-take-theirs]")) takeTheirs(form);
  });

  // Words on their way arrive before the page goes on: the next step must not overtake them.
  document.addEventListener("submit", (event) => {
    const form = find();
    const going = event.target;
    if (!form || event.defaultPrevented || going.method !== "post" || going.matches("[hx-post]")) return;
    const work = workOf(form);
    clearTimeout(work.timer);
    const mustWait = work.sending || (going !== form && isDirty(form)) || work.tries;
    if (!mustWait || work.theirs) {
      if (going === form && !work.theirs) work.known = textOf(form).value; // the submission carries it
      return;
    }
    event.preventDefault();
    const onwards = event.submitter;
    save(form).then(() => {
      if (!isDirty(form) && !work.tries && !work.theirs) going.requestSubmit(onwards?.isConnected ? onwards : undefined);
    });
  });

  const again = () => {
    const form = find();
    if (form && isDirty(form)) soon(form, 0);
  };
  window.addEventListener("online", again);
  document.body.addEventListener("live:said", again);

  // The last words before the page goes: a beacon outlives it.
  function lastWords() {
    const form = find();
    if (!form || !isDirty(form) || workOf(form).theirs) return;
    if (navigator.sendBeacon(form.dataset.saying, new FormData(form))) workOf(form).known = textOf(form).value;
  }
  window.addEventListener("beforeunload", lastWords);
  window.addEventListener("pagehide", lastWords);

  window.tumorboard.saying = { keeps };
})();
