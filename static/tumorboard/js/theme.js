// Light or dark, and is the patient masked? Both before the page is drawn: a dark room must not flash white,
// and a hidden name must not flash up. Stored are two bare words, never a patient's data.
(() => {
  "use strict";

  const root = document.documentElement;
  const remember = (store, key, value) => {
    try {
      store().setItem(key, value);
    } catch {
      // A browser that keeps nothing: it holds for this page only.
    }
  };
  const recall = (store, key) => {
    try {
      return store().getItem(key);
    } catch {
      return null;
    }
  };
  const device = () => localStorage;
  const sitting = () => sessionStorage;

  function paint(choice) {
    if (choice === "light" || choice === "dark") root.setAttribute("data-bs-theme", choice);
    else root.removeAttribute("data-bs-theme");
    document.querySelectorAll("[data-theme-choice]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    });
  }

  function mask(on) {
    root.classList.toggle("tb-masked", on);
    document.querySelectorAll("[data-mask]").forEach((button) => {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(on));
    });
  }

  const theme = () => recall(device, "tb-theme") || "auto";
  const masked = () => recall(sitting, "tb-masked") === "1";

  paint(theme());
  mask(masked());

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-switch]").forEach((group) => {
      group.hidden = false;
    });
    paint(theme());
    mask(masked());
  });
  document.addEventListener("htmx:afterSettle", () => mask(masked()));
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]");
    if (choice) {
      remember(device, "tb-theme", choice.dataset.themeChoice);
      paint(choice.dataset.themeChoice);
    }
    if (event.target.closest("[data-mask]")) {
      const on = !root.classList.contains("tb-masked");
      remember(sitting, "tb-masked", on ? "1" : "0");
      mask(on);
    }
  });
})();
