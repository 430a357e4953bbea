// Which results does the chosen marker have? In a row that is added, only those are offered. Everything works without it.
(() => {
  "use strict";

  const MARKER = '[data-answers] select[name$="-marker"]';

  function narrow(marker) {
    const row = marker.closest("[data-row-of-set]");
    const result = row.querySelector('select[name$="-result"]');
    if (!result) return;
    const mine = JSON.parse(marker.closest("[data-answers]").dataset.answers)[marker.value];
    for (const option of result.options) {
      option.hidden = option.disabled = Boolean(mine && option.value && !mine.includes(option.value));
    }
    if (result.selectedOptions[0]?.disabled) result.value = "";
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches(MARKER)) narrow(event.target);
  });
  document.querySelectorAll(MARKER).forEach(narrow);
})();
