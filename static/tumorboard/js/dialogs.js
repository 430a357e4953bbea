// How do dialogs and menus open, close and give the focus back?
// <button data-opens="id">, <dialog id="id">, <button data-shuts>; <details data-closes> shuts by Esc or a click elsewhere.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
        dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select")?.focus();
      }
    }
    if (event.target.closest("[data-shuts]")) event.target.closest("dialog")?.close();
    if (event.target.matches("dialog.tb-dialog[open]") && event.target === event.target.closest("dialog") && outside(event)) {
      if (!event.target.querySelector("form:not([method=dialog])")) event.target.close(); // never lose typed text
    }
    document.querySelectorAll("details[data-closes][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  function outside(event) {
    const box = event.target.getBoundingClientRect();
    return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-closes][open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // A summary of errors is where reading goes on, after a page as after a swap.
  function toErrors(root) {
    root.querySelector("[data-error-summary]")?.focus();
  }
  document.addEventListener("DOMContentLoaded", () => toErrors(document));
  document.addEventListener("htmx:afterSettle", (event) => toErrors(event.target.parentElement || document));

  // Its links put the cursor into the field, not merely near it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (!link) return;
    const place = document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    const field = place.matches("input, select, textarea") ? place : place.querySelector("input:not([type=hidden]), select, textarea");
    (field || place).focus();
    place.closest(".tb-field")?.scrollIntoView({ block: "center" });
  });
})();
