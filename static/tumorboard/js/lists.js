// What makes lists quicker? A click anywhere in a row follows its link; filters apply when they change.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.button || event.target.closest("a, button, input, select, textarea, label, summary, form")) return;
    if (String(window.getSelection())) return; // somebody copies a number
    const link = row.querySelector("a[href]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submits-itself]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
  });

  // Empty filters stay out of the address.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    event.target.querySelectorAll("select, input").forEach((field) => {
      if (field.name && field.value === "") field.disabled = true;
    });
    setTimeout(() => event.target.querySelectorAll(":disabled").forEach((field) => {
      field.disabled = false;
    }));
  });
})();
