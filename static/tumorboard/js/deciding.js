// How do several people write one decision at once? Each [data-part] is a form of its own with a version of its own: it
// saves itself after a pause and when a field is left. Where somebody types nothing is replaced and no cursor moves; who
// was slower sees both versions. What others write arrives with "live:decision". Without a connection nothing is lost.
(() => {
  "use strict";

  const page = document.querySelector("[data-deciding]");
  if (!page) return;
  const PAUSE = 600;
  const LATER = [2000, 4000, 8000, 15000]; // ms between tries while the server cannot be reached
  const CUT = "Not saved: no connection. What you typed stays here.";
  const CLOSED = "Not saved: you are signed out. Sign in again in another tab.";
  const say = (words) => window.tumorboard.say(words);
  const works = new WeakMap();

  const partOf = (element) => element.closest?.("[data-part]");
  const formOf = (part) => part.querySelector("form[data-part-form]");
  const partNamed = (name) => page.querySelector(`[data-part="${CSS.escape(name)}"]`);
  const holdsFocus = (part) => part.contains(document.activeElement);
  const bothShown = (part) => Boolean(part.querySelector("[data-both]"));

  // typed: not saved yet; wrong: the server refused it; stale: others have changed it while the focus was here.
  function workOf(part) {
    if (!works.has(part)) works.set(part, { typed: false, sending: false, wrong: false, stale: false, tries: 0, timer: 0 });
    return works.get(part);
  }
  const isBusy = (part) => workOf(part).typed || workOf(part).sending || bothShown(part);

  function show(part, words, late = false) {
    const place = part.querySelector("[data-saved]");
    if (!place) return;
    place.querySelector("[data-saved-words]").textContent = words;
    place.classList.toggle("is-late", late);
    if (late) say(words);
  }

  // ---- asking the server ----
  async function ask(address, body) {
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Requested-With": "fetch" } });
    if (answer.status === 401) window.tumorboard?.signedOut?.();
    if (answer.redirected || [401, 403].includes(answer.status)) return { closed: true };
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    const text = answer.status === 204 ? "" : await answer.text();
    const holder = document.createElement("template");
    holder.innerHTML = text;
    return { status: answer.status, text, fresh: holder.content.firstElementChild };
  }

  const dress = (root) => {
    root.querySelectorAll("[data-picks][hidden], [data-ticks-all][hidden]").forEach((one) => { one.hidden = false; });
    document.dispatchEvent(new CustomEvent("rows:changed")); // parts that are shown when they matter
  };

  // ---- saving one part ----
  function soon(part, pause = PAUSE) {
    const work = workOf(part);
    clearTimeout(work.timer);
    if (!bothShown(part)) work.timer = setTimeout(() => save(part), pause);
  }

  async function save(part, submitter) {
    const work = workOf(part);
    if (work.sending) return;
    clearTimeout(work.timer);
    const form = formOf(part);
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    Object.assign(work, { sending: true, typed: false });
    form.querySelectorAll("[data-both] button").forEach((button) => { button.disabled = true; });
    try {
      taken(part, await ask(form.getAttribute("action"), body), submitter);
    } catch {
      work.typed = true;
      show(part, CUT, true);
      soon(part, LATER[Math.min(work.tries++, LATER.length - 1)]);
    } finally {
      work.sending = false;
      form.querySelectorAll("[data-both] button").forEach((button) => { button.disabled = false; });
    }
    if (work.typed && !work.tries && part.isConnected) soon(part);
  }

  function taken(part, answer, submitter) {
    const work = workOf(part);
    savings += 1;
    if (answer.closed) {
      work.typed = true;
      show(part, CLOSED, true);
      soon(part, LATER[LATER.length - 1]);
      return;
    }
    work.tries = 0;
    work.wrong = answer.status !== 200 && answer.status !== 204;
    const taking = submitter?.name === "take";
    if (answer.status === 200 && (taking || !holdsFocus(part)) && !work.typed) swap(part, answer.fresh);
    else if (answer.status === 200) adopt(part, answer.fresh);
    else if (answer.status === 204) part.remove();
    else if (answer.status === 409) standBeside(part, answer.fresh);
    else if (answer.status === 422 && holdsFocus(part)) show(part, `Not saved: ${firstError(answer.fresh)}`, true);
    else if (answer.status === 422) workOf(swap(part, answer.fresh)).wrong = true;
    else show(part, "Not saved. Reload the page.", true);
    if (taking && answer.status === 200) partNamed(answer.fresh.dataset.part)?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    refresh();
  }

  const firstError = (fresh) => (fresh.querySelector(".invalid-feedback p, [data-wrong]")?.textContent || "check what is typed.").trim();

  // The answer takes the place of the part; what was unfolded stays so.
  function swap(part, fresh) {
    const open = part.querySelector("details")?.open;
    part.replaceWith(fresh);
    if (open && fresh.querySelector("details")) fresh.querySelector("details").open = true;
    dress(fresh);
    return fresh;
  }

  // Somebody is still typing here: only the version, the state and the line that sums it up are taken over.
  function adopt(part, fresh) {
    const version = (one) => formOf(one).elements.version;
    version(part).value = version(fresh).value;
    formOf(part).elements.row.value = formOf(fresh).elements.row.value;
    part.dataset.part = fresh.dataset.part;
    part.dataset.version = fresh.dataset.version;
    delete part.dataset.new;
    part.querySelectorAll(".invalid-feedback, [data-wrong], [data-both]").forEach((one) => one.remove());
    part.querySelectorAll(".is-invalid").forEach((one) => one.classList.remove("is-invalid"));
    part.classList.remove("has-both");
    part.querySelector(".dec-acts-on")?.remove(); // it carries the version too
    const acts = fresh.querySelector(".dec-acts-on");
    if (acts) part.append(acts);
    const line = part.querySelector("summary");
    if (line && fresh.querySelector("summary")) line.innerHTML = fresh.querySelector("summary").innerHTML;
    show(part, fresh.querySelector("[data-saved-words]").textContent);
  }

  function standBeside(part, fresh) {
    const work = workOf(part);
    const words = fresh.querySelector(".dec-both-why")?.textContent.trim() || "Somebody else was faster.";
    if (holdsFocus(part) || work.typed) {
      formOf(part).elements.version.value = formOf(fresh).elements.version.value;
      formOf(part).elements.row.value = formOf(fresh).elements.row.value;
      part.querySelector("[data-both]")?.remove();
      part.querySelector("details")?.setAttribute("open", "");
      const both = fresh.querySelector("[data-both]");
      if (both) formOf(part).prepend(both);
      part.classList.add("has-both");
    } else part = swap(part, fresh);
    show(part, "Not saved: both versions are shown.");
    say(words);
  }

  // ---- what others have written ----
  let catchingUp = null; // the promise of it
  let again = false;
  let savings = 0; // an answer that was asked for before one of our own savings ended is older than what stands here
  function refresh() {
    again = true;
    catchingUp ||= catchUp();
    return catchingUp;
  }
  const isCatchingUp = () => Boolean(catchingUp);

  async function catchUp() {
    try {
      while (again) {
        again = false;
        const before = savings;
        const answer = await ask(page.dataset.sideUrl);
        if (before !== savings) again = true;
        else if (answer.fresh?.matches("[data-side]")) await compare(showSide(answer.fresh));
      }
    } catch {
      // The stream catches up when the connection is back.
    } finally {
      catchingUp = null;
    }
  }

  function showSide(fresh) {
    const side = page.querySelector("[data-side]");
    const focused = side.contains(document.activeElement) ? document.activeElement.id : "";
    side.replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus();
    return JSON.parse(fresh.dataset.state);
  }

  async function compare(state) {
    page.querySelectorAll("[data-need]").forEach((need) => {
      const words = state.needs[need.dataset.need] || "";
      need.hidden = !words || Boolean(need.closest(".dec-part")?.querySelector(".invalid-feedback"));
      need.querySelector("span").textContent = words;
    });
    for (const [name, version] of Object.entries(state.versions)) {
      const part = partNamed(name);
      if (part && Number(part.dataset.version) !== version) await changedByOther(part);
    }
    for (const [list, names] of Object.entries(state.lists)) await arrange(page.querySelector(`[data-list="${list}"]`), names);
  }

  async function changedByOther(part) {
    const work = workOf(part);
    if (bothShown(part) || work.sending) return;
    if (work.typed || work.wrong) {
      show(part, "Somebody else has changed this. Both versions are shown when yours is saved.", true);
      return;
    }
    if (holdsFocus(part)) {
      work.stale = true;
      show(part, "Somebody else has changed this.");
      return;
    }
    const answer = await ask(page.dataset.partUrl.replace("PART", part.dataset.part));
    if (answer.status === 200 && part.isConnected && !isBusy(part) && !holdsFocus(part)) swap(part, answer.fresh);
  }

  // The same rows in the same order as in the record; a row that somebody writes on stays until they have finished.
  async function arrange(list, names) {
    if (!list) return;
    for (const name of names) {
      if (partNamed(name)) continue;
      const answer = await ask(page.dataset.partUrl.replace("PART", name));
      if (answer.status === 200 && !partNamed(name)) list.append(answer.fresh), dress(answer.fresh);
    }
    for (const part of [...list.children]) {
      const gone = part.dataset.part && !part.hasAttribute("data-new") && !names.includes(part.dataset.part);
      if (gone && !isBusy(part) && !holdsFocus(part)) part.remove();
    }
    const wanted = names.map(partNamed).filter(Boolean);
    const shown = [...list.children].filter((part) => wanted.includes(part));
    if (wanted.every((part, index) => part === shown[index])) return;
    const focused = document.activeElement;
    wanted.forEach((part) => list.append(part));
    list.querySelectorAll("[data-new]").forEach((part) => list.append(part));
    if (list.contains(focused)) focused.focus();
  }

  // ---- what people do ----
  function typed(event) {
    const part = partOf(event.target);
    if (!part || !event.target.closest("form[data-part-form]") || !event.target.name) return;
    const work = workOf(part);
    work.typed = true;
    if (event.target.matches("input, textarea")) document.dispatchEvent(new CustomEvent("rows:changed"));
    if (bothShown(part)) return;
    if (!work.tries) show(part, "Saving …");
    soon(part, event.target.type === "date" ? PAUSE * 2 : PAUSE);
  }
  page.addEventListener("input", typed); // "change" comes again when a field is left
  page.addEventListener("focusout", (event) => {
    const part = partOf(event.target);
    if (!part) return;
    const work = workOf(part);
    if (work.typed && !work.tries && !bothShown(part)) soon(part, 0);
    else if (!part.contains(event.relatedTarget) && (work.stale || work.wrong)) setTimeout(() => leave(part));
  });
  async function leave(part) {
    const work = workOf(part);
    if (!part.isConnected || holdsFocus(part) || isBusy(part)) return;
    if (work.wrong) save(part);
    else if (work.stale) {
      work.stale = false;
      await changedByOther(part).catch(() => null);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-part-form]")) {
      event.preventDefault();
      save(partOf(form), event.submitter);
    }
  }, true);

  const unsaved = () => [...page.querySelectorAll("[data-part]")].filter((part) => isBusy(part) || workOf(part).wrong);

  // ---- the connection, and leaving ----
  window.addEventListener("online", () => unsaved().forEach((part) => workOf(part).tries && save(part)));
  document.body.addEventListener("live:decision", refresh);
  window.addEventListener("beforeunload", (event) => {
    const open = unsaved();
    if (open.some((part) => workOf(part).tries || workOf(part).wrong || bothShown(part))) event.preventDefault();
    for (const part of open) {
      const work = workOf(part);
      if (!work.typed || bothShown(part)) continue;
      if (navigator.sendBeacon(formOf(part).getAttribute("action"), new FormData(formOf(part)))) work.typed = false;
    }
  });

  page.querySelectorAll("[data-spare]").forEach((one) => one.remove());
  window.tumorboard.deciding = {
    CUT, page, partOf, formOf, workOf, isBusy, bothShown, unsaved, ask, dress, save, swap, refresh, isCatchingUp, compare, showSide,
  };
  dress(page);
})();
