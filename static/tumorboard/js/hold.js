// What makes the live screen live? The clock of a case, room for what is typed, and keys that do not disturb typing.
(() => {
  "use strict";

  const clock = document.querySelector("[data-clock-from]");
  if (clock) {
    const from = Date.parse(clock.dataset.clockFrom);
    const most = Number(clock.dataset.clockMinutes) * 60;
    const words = clock.querySelector("b");
    const tick = () => {
      const seconds = Math.max(0, Math.floor((Date.now() - from) / 1000));
      const two = (number) => String(number).padStart(2, "0");
      words.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
      clock.classList.toggle("over", seconds > most);
    };
    tick();
    setInterval(tick, 1000);
  }

  // A dialog that the server sent open stands over the page like one that was opened here.
  document.querySelectorAll("dialog[open]").forEach((dialog) => {
    dialog.close();
    dialog.showModal();
  });

  // In the text, Escape gives the keys back and Ctrl+Enter records.
  const text = document.querySelector("[data-live-text]");
  text?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") text.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) text.form.requestSubmit();
  });
})();
