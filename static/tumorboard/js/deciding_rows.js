// How are rows of a decision added, moved, removed and had back, and what is pressed besides its fields? deciding.js saves.
(() => {
  "use strict";

  const deciding = window.tumorboard.deciding;
  if (!deciding) return;
  const { CUT, page, partOf, formOf, workOf, isBusy, bothShown, unsaved, ask, dress, save, swap, refresh } = deciding;

  async function offers() {
    const place = page.querySelector("[data-offers]");
    const answer = await ask(page.dataset.partUrl.replace("PART", "suggestions")).catch(() => null);
    if (answer?.status === 200 && !place.contains(document.activeElement)) place.replaceChildren(answer.fresh);
  }

  // ---- rows ----
  async function add(kind) {
    const list = page.querySelector(`[data-list="${kind}s"]`);
    let part = [...list.querySelectorAll("[data-new]")].find((one) => !isBusy(one));
    if (!part) {
      const answer = await ask(page.dataset.partUrl.replace("PART", `${kind}-new`)).catch(() => ({ closed: true }));
      if (answer.status !== 200) return window.tumorboard.complain(CUT);
      part = answer.fresh;
      list.append(part);
      dress(part);
    }
    part.querySelector("select, textarea")?.focus();
    return undefined;
  }

  async function act(form, submitter) {
    const part = partOf(form);
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    const answer = await ask(form.getAttribute("action"), body).catch(() => ({ closed: true }));
    if (answer.closed) return window.tumorboard.complain(CUT);
    if (answer.status === 409 && !part) window.tumorboard.complain(answer.text);
    else if (answer.status === 409) workOf(swap(part, answer.fresh)).typed = false;
    else if (form.dataset.acts === "remove") gone(part);
    if (form.dataset.acts === "take") {
      document.activeElement?.blur();
      await offers();
    }
    return refresh();
  }

  // Taken away at once; its words stay on this page, so that it can be had back.
  function gone(part) {
    const bar = document.createElement("p");
    bar.className = "dec-gone";
    const undo = document.createElement("button");
    Object.assign(undo, { type: "button", className: "btn btn-link btn-sm", textContent: "Undo" });
    bar.append("Removed. ", undo);
    part.replaceWith(bar);
    undo.focus();
    window.tumorboard.say("Removed.");
    undo.addEventListener("click", () => {
      const form = formOf(part);
      form.elements.row.value = "";
      form.elements.version.value = "0";
      part.dataset.part = part.dataset.part.replace(/-.*/, "-new-again");
      part.dataset.new = "";
      bar.replaceWith(part);
      save(part);
    });
  }

  page.addEventListener("change", (event) => {
    if (event.target.name === "kind") remember(partOf(event.target));
  });
  page.addEventListener("toggle", (event) => event.target.open && remember(partOf(event.target)), true);

  async function remember(part) {
    const place = part?.querySelector("[data-memory]");
    const kind = place && formOf(part).elements.kind.value;
    if (!place) return;
    const answer = kind ? await ask(`${page.dataset.partUrl.replace("PART", "memory")}?kind=${kind}`).catch(() => null) : null;
    place.replaceChildren(...(answer?.status === 200 && answer.fresh ? [answer.fresh] : []));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-acts]")) {
      event.preventDefault();
      act(form, event.submitter);
    } else if (form.matches("[data-after-saving]")) closing(event, form);
  }, true);

  // Nobody confirms or signs what is not in the record yet, nor a paragraph that is about to change.
  async function closing(event, form) {
    const open = unsaved();
    if (open.length || deciding.isCatchingUp()) {
      event.preventDefault();
      for (const part of open) if (!bothShown(part)) await save(part);
      await refresh();
      const same = open.length ? null : sameAs(form);
      if (same) same.requestSubmit();
      else if (open.length) window.tumorboard.complain("Something was not saved yet. It is being saved; read the paragraph again.");
      else window.tumorboard.complain("The paragraph has just changed. Read it again.");
    } else if (form.matches("[data-confirms]")) {
      event.preventDefault();
      const answer = await ask(form.getAttribute("action"), new FormData(form)).catch(() => ({ closed: true }));
      if (answer.closed) return window.tumorboard.complain(CUT);
      await deciding.compare(deciding.showSide(answer.fresh));
      document.getElementById("sign")?.focus();
    }
    return undefined;
  }

  // The form on the page now that would say the same of the same version.
  function sameAs(form) {
    const says = (one) => `${one.getAttribute("action")} ${one.elements.version?.value}`;
    return [...page.querySelectorAll("[data-after-saving]")].find((one) => says(one) === says(form));
  }

  page.addEventListener("click", (event) => {
    const adds = event.target.closest("[data-adds]");
    if (adds) add(adds.dataset.adds);
    const pick = event.target.closest("[data-date]");
    if (pick) set(formOf(partOf(pick)).elements[pick.closest("[data-picks]").dataset.picks], pick.dataset.date);
    const all = event.target.closest("[data-ticks-all]");
    if (all) formOf(partOf(all)).querySelectorAll("[type=checkbox]:not(:checked)").forEach((box) => box.click());
    const to = event.target.closest("[data-to]");
    if (to) goTo(event, to.dataset.to);
  });
  function set(field, value) {
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  function goTo(event, place) {
    const found = document.getElementById(place) || document.getElementById(`${place}_0`);
    const field = place === "actions" ? null : found;
    if (!field) return place === "actions" && (event.preventDefault(), add("action"));
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") || field).focus();
    return undefined;
  }
  page.querySelector("[data-same-for-all] select")?.addEventListener("change", (event) => {
    const plan = event.target.value;
    if (!plan) return;
    page.querySelectorAll('[data-list="plans"] select[name=plan]').forEach((one) => one.value || set(one, plan));
    event.target.value = "";
  });

  async function here() {
    const answer = await ask(page.dataset.partUrl.replace("PART", "here")).catch(() => null);
    if (answer?.status === 200) page.querySelector("[data-here]").replaceChildren(answer.fresh);
    refresh(); // the quorum stands beside the signature
  }
  document.body.addEventListener("live:room", here);
  document.body.addEventListener("live:decision", offers);
  page.querySelectorAll("[data-adds], [data-same-for-all]").forEach((one) => { one.hidden = false; });
})();
