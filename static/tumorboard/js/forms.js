// What do forms do while somebody fills them in? Sent once; parts shown when they matter; leaving is asked about;
// an answer may be taken back.
// data-shown-when="field=YES", "field=A|B", "field!=NO", or "field" for any answer; in a row of a set, the row's field;
// "one=YES or other": whichever holds.
(() => {
  "use strict";

  const AGAIN_AFTER = 15000; // ms; a lost answer must not lock a form for ever

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.method === "get" || event.defaultPrevented) return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < AGAIN_AFTER) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = String(Date.now());
    delete form.dataset.unsavedChanges;
    event.submitter?.setAttribute("aria-busy", "true");
  });
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt?.closest?.("form");
    if (form) release(form);
  });

  // ---- leaving with unsaved text (a form that saves itself warns only when that failed) ----
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]:not([data-autosave-url])");
    if (form) form.dataset.unsavedChanges = "1";
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-unsaved-changes]")) event.preventDefault();
  });

  // ---- an answer taken back: nothing said is not "not known" ----
  document.addEventListener("click", (event) => {
    const given = event.target.closest("[data-clear-answer]")?.closest(".tb-answer")?.querySelector("input:checked");
    if (!given) return;
    given.checked = false;
    given.closest(".tb-answer").querySelector("input").focus();
    for (const kind of ["input", "change"]) given.dispatchEvent(new Event(kind, { bubbles: true }));
  });

  // ---- conditional parts ----
  function fieldsNamed(part, name) {
    const form = part.closest("form") || document;
    const exact = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    if (exact.length) return [...exact];
    const row = part.closest("[data-row-of-set]") || form;
    return [...row.querySelectorAll(`[name$="-${CSS.escape(name)}"]`)];
  }

  function answers(fields) {
    return fields
      .filter((field) => (["radio", "checkbox"].includes(field.type) ? field.checked : true))
      .flatMap((field) => (field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value]))
      .filter((value) => value !== "");
  }

  const isWanted = (part) => part.dataset.shownWhen.split(" or ").some((condition) => holds(part, condition));

  function holds(part, condition) {
    const [, name, operator, words = ""] = /^([^=!]+)(!?=)?(.*)$/.exec(condition);
    const given = answers(fieldsNamed(part, name.trim()));
    if (!operator) return given.length > 0;
    const named = words.split("|").some((word) => given.includes(word.trim()));
    return operator === "=" ? named : !named;
  }

  // What is hidden keeps what was typed: coming back shows it again.
  function showParts(root) {
    root.querySelectorAll("[data-shown-when]").forEach((part) => {
      part.hidden = !isWanted(part);
    });
  }
  document.addEventListener("DOMContentLoaded", () => showParts(document));
  document.addEventListener("htmx:afterSettle", () => showParts(document));
  document.addEventListener("rows:changed", () => showParts(document));
  document.addEventListener("change", (event) => showParts(event.target.closest("form") || document));
})();
