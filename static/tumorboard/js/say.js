// What is read aloud when something changes, and what is shown when the server cannot be reached?
(() => {
  "use strict";

  const UNREACHED = "No connection to the server. Nothing was changed. Try again in a moment.";
  const REFUSED = "The server could not do this. Nothing was changed. Try again, or reload the page.";
  const SIGNED_OUT = "You are signed out. Sign in again in another tab, then try again here: what you typed stays.";

  window.tumorboard = {
    // One live region for the whole page: two would talk over one another.
    say(words) {
      const region = document.getElementById("said");
      if (region) region.textContent = words;
    },
    complain(words) {
      const shelf = document.getElementById("messages");
      if (!shelf) return;
      const box = document.createElement("div");
      box.className = "tb-message tb-message-error";
      const text = document.createElement("p");
      text.textContent = words;
      box.append(text);
      shelf.replaceChildren(box);
    },
    isTyping(element) {
      return Boolean(element.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"));
    },
  };

  document.addEventListener("htmx:sendError", () => window.tumorboard.complain(UNREACHED));
  document.addEventListener("htmx:timeout", () => window.tumorboard.complain(UNREACHED));
  document.addEventListener("htmx:responseError", (event) => {
    window.tumorboard.complain([401, 403].includes(event.detail.xhr.status) ? SIGNED_OUT : REFUSED);
  });
  // A session that ended answers with the sign-in page: it must not be swapped into a part of this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const landed = event.detail.xhr.responseURL || "";
    if (landed.includes("/sign-in/") && !window.location.pathname.includes("/sign-in/")) {
      event.detail.shouldSwap = false;
      window.tumorboard.complain(SIGNED_OUT);
    }
  });
})();
