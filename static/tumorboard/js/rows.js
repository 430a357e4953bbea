// How are rows added to a set of forms, and taken away?
// <div data-rows="labs"> holds labs-TOTAL_FORMS, elements [data-row-of-set], <template data-row-template> with __prefix__
// and a hidden <button data-add-row>. Without scripts the spare rows and the tick box "delete" do the same.
(() => {
  "use strict";

  const setOf = (element) => element.closest("[data-rows]");
  const total = (set) => set.closest("form").querySelector(`[name="${CSS.escape(set.dataset.rows)}-TOTAL_FORMS"]`);
  const deletion = (row) => row.querySelector('[name$="-DELETE"]');

  function prepare(root) {
    root.querySelectorAll("[data-add-row], [data-remove-row]").forEach((button) => {
      button.hidden = false;
    });
    root.querySelectorAll("[data-row-of-set]").forEach((row) => {
      const box = deletion(row);
      if (!box) return;
      (box.closest(".tb-field, .form-check") || box).hidden = true;
      if (box.checked) row.hidden = true;
    });
  }

  function add(set) {
    const count = total(set);
    const most = set.closest("form").querySelector(`[name="${CSS.escape(set.dataset.rows)}-MAX_NUM_FORMS"]`);
    if (most && Number(count.value) >= Number(most.value)) {
      window.tumorboard.say(`No more than ${most.value} rows.`);
      return;
    }
    const template = set.querySelector("template[data-row-template]");
    const copy = document.createElement("template");
    copy.innerHTML = template.innerHTML.replaceAll("__prefix__", count.value);
    const row = copy.content.querySelector("[data-row-of-set]");
    const last = [...set.querySelectorAll("[data-row-of-set]")].at(-1);
    if (last) last.after(row);
    else (set.querySelector("[data-rows-here]") || set).append(row);
    count.value = String(Number(count.value) + 1);
    prepare(row.parentElement);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    changed(set, "Row added.");
  }

  // The number stays: forms are counted from nought without gaps. An emptied row is no row to the server.
  function remove(row) {
    const set = setOf(row);
    const box = deletion(row);
    if (box) box.checked = true;
    else empty(row);
    row.hidden = true;
    (set.querySelector("[data-add-row]") || set).focus();
    changed(set, "Row removed.");
  }

  function empty(row) {
    row.querySelectorAll("input, select, textarea").forEach((field) => {
      if (["radio", "checkbox"].includes(field.type)) field.checked = false;
      else if (field.type !== "hidden") field.value = "";
    });
  }

  function changed(set, words) {
    window.tumorboard.say(words);
    set.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
    set.dispatchEvent(new Event("input", { bubbles: true })); // autosave hears it
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-rows] [data-add-row]")) add(setOf(event.target));
    else if (event.target.closest("[data-remove-row]")) remove(event.target.closest("[data-row-of-set]"));
  });
  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:afterSettle", () => prepare(document));
})();
