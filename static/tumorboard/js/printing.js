// <button data-print hidden>: the browser's own printing, where there are scripts to ask for it.
(() => {
  "use strict";

  const buttons = () => document.querySelectorAll("[data-print]");
  document.addEventListener("DOMContentLoaded", () => buttons().forEach((button) => { button.hidden = false; }));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
