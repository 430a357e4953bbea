// Was the page opened from a link that carries the code? It stands behind the #, which is never sent to a server.
(() => {
  "use strict";

  const field = document.querySelector("[data-room-code]");
  const code = window.location.hash.slice(1);
  if (!field || !code) return;
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname);
})();
