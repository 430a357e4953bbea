// Which key does what? Elements say so themselves: data-key="n" is pressed by N, data-key-search is reached by /.
// The list behind ? is made from what the page has; the list itself can switch single keys off.
(() => {
  "use strict";

  const OFF = "tb-keys-off";
  const store = (value) => {
    try {
      if (value === undefined) return localStorage.getItem(OFF) === "1";
      localStorage.setItem(OFF, value ? "1" : "0");
    } catch {
      // A browser that keeps nothing: keys stay on.
    }
    return false;
  };

  const visible = (element) => Boolean(element.getClientRects().length);

  function press(element) {
    if (element.getAttribute("aria-disabled") === "true") {
      const reason = document.getElementById(element.getAttribute("aria-describedby"));
      if (reason) window.tumorboard.say(reason.textContent);
      return;
    }
    if (element.matches("input, textarea, select")) element.focus();
    else element.click();
  }

  function listKeys(dialog) {
    const list = dialog.querySelector("[data-key-list]");
    if (!list) return;
    list.replaceChildren();
    document.querySelectorAll("[data-key]").forEach((element) => {
      if (!visible(element)) return;
      const row = document.createElement("div");
      const key = document.createElement("dt");
      const words = document.createElement("dd");
      const cap = document.createElement("kbd");
      cap.textContent = element.dataset.key.toUpperCase();
      key.append(cap);
      words.textContent = element.dataset.keyLabel || element.textContent.trim();
      row.append(key, words);
      list.append(row);
    });
  }

  function showKeys() {
    const dialog = document.getElementById("keys");
    if (!dialog || dialog.open) return;
    listKeys(dialog);
    const box = dialog.querySelector("[data-keys-off]");
    if (box) box.checked = store();
    dialog.showModal();
  }

  // Up and down walk through the rows of the nearest list; the row's link takes the focus, so Enter opens it.
  function walk(step) {
    const links = [...document.querySelectorAll("[data-row] a[href]:first-of-type")]
      .filter((link) => link === link.closest("[data-row]").querySelector("a[href]") && visible(link));
    if (!links.length) return false;
    const row = document.activeElement.closest("[data-row]");
    const here = row ? links.findIndex((link) => row.contains(link)) : -1;
    const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
    if (!links[next]) return false;
    links[next].focus();
    links[next].closest("[data-row]").scrollIntoView({ block: "nearest" });
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || window.tumorboard.isTyping(event.target)) return;
    const arrows = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in arrows && !event.target.closest("[data-liver-map], input, summary, [role=radiogroup]")) {
      if (walk(arrows[event.key])) event.preventDefault();
      return;
    }
    if (event.key === "?") {
      event.preventDefault();
      showKeys();
      return;
    }
    if (store()) return;
    const wanted = event.key === "/"
      ? document.querySelector("[data-key-search]")
      : [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key.toLowerCase() && visible(element));
    if (!wanted) return;
    event.preventDefault();
    press(wanted);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shows-keys]")) showKeys();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-off]")) store(event.target.checked);
  });
})();
