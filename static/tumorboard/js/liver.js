// Moves about the liver map by keyboard and tells the page which segment or lesion was chosen.
// Emits `segment:chosen` {segment, pressed} and `lesion:chosen` {lesion}; both bubble and can be cancelled.
(() => {
  "use strict";

  const ROWS = [["1"], ["7", "8", "4a", "2"], ["6", "5", "4b", "3"]];
  const ABOVE_THE_CAUDATE = { 8: "1", "4a": "1", 7: "7", 2: "2" };
  const SEGMENT = "[data-segment]";
  const LESION = "[data-lesion]";

  const mapOf = (element) => element.closest("[data-liver-map]");
  const segmentOf = (map, code) => map.querySelector(`[data-segment="${code}"]`);

  function focusOn(map, element, selector) {
    map.querySelectorAll(selector).forEach((other) => other.setAttribute("tabindex", "-1"));
    element.setAttribute("tabindex", "0");
    element.focus();
  }

  // One stop for the tabulator key: the arrows do the rest.
  function prepare(map) {
    const segments = [...map.querySelectorAll(SEGMENT)];
    segments.forEach((segment, index) => segment.setAttribute("tabindex", index ? "-1" : "0"));
  }

  function neighbour(code, key) {
    const row = ROWS.findIndex((codes) => codes.includes(code));
    const column = ROWS[row].indexOf(code);
    const codes = ROWS[row];
    switch (key) {
      case "ArrowLeft": return codes[Math.max(column - 1, 0)];
      case "ArrowRight": return codes[Math.min(column + 1, codes.length - 1)];
      case "Home": return codes[0];
      case "End": return codes[codes.length - 1];
      case "ArrowUp": return row === 2 ? ROWS[1][column] : (ABOVE_THE_CAUDATE[code] ?? code);
      case "ArrowDown": return row === 0 ? "8" : ROWS[2][column];
      default: return null;
    }
  }

  function choose(element) {
    const map = mapOf(element);
    const button = element.getAttribute("role") === "button";
    const pressed = button ? element.getAttribute("aria-pressed") !== "true" : true;
    const detail = { segment: element.dataset.segment, pressed };
    const event = new CustomEvent("segment:chosen", { bubbles: true, cancelable: true, detail });
    if (!map.dispatchEvent(event)) return false;
    if (button) press(map, element, pressed);
    return true;
  }

  function press(map, element, pressed) {
    element.setAttribute("aria-pressed", String(pressed));
    const code = element.dataset.segment;
    map.querySelectorAll(`[data-chosen="${code}"]`).forEach((ring) => ring.remove());
    if (pressed) {
      const ring = document.createElementNS("http://www.w3.org/2000/svg", "path");
      ring.setAttribute("class", "chosen-ring");
      ring.setAttribute("data-chosen", code);
      ring.setAttribute("d", outlineOf(element));
      map.querySelector(".focus-ring").before(ring);
    }
    fill(map, code, pressed);
  }

  // The field the map stands for: a text field with codes between commas, or a group of tick boxes.
  function fill(map, code, pressed) {
    const field = map.dataset.fills && document.getElementById(map.dataset.fills);
    if (!field) return;
    const box = field.querySelector?.(`[type="checkbox"][value="${code}"]`);
    if (box) {
      box.checked = pressed;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    } else if ("value" in field) {
      const codes = field.value.split(",").map((one) => one.trim()).filter((one) => one && one !== code);
      field.value = (pressed ? [...codes, code] : codes).sort().join(", ");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // The other way round: whoever ticks the boxes sees it on the map.
  document.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    document.querySelectorAll("[data-liver-map][data-fills]").forEach((map) => {
      if (!document.getElementById(map.dataset.fills)?.contains(event.target)) return;
      const segment = segmentOf(map, CSS.escape(event.target.value));
      const shown = segment?.getAttribute("aria-pressed") === "true";
      if (segment && shown !== event.target.checked) press(map, segment, event.target.checked);
    });
  });

  function outlineOf(element) {
    return (element.matches("path") ? element : element.querySelector("path")).getAttribute("d");
  }

  function circlePath(lesion) {
    const circle = lesion.querySelector(".lesion-brim") ?? lesion.querySelector(".lesion-ring");
    const [x, y, r] = ["cx", "cy", "r"].map((name) => Number(circle.getAttribute(name)));
    const wide = r + 4;
    return `M${x - wide} ${y} a${wide} ${wide} 0 1 0 ${2 * wide} 0 a${wide} ${wide} 0 1 0 ${-2 * wide} 0 Z`;
  }

  document.addEventListener("click", (event) => {
    const segment = event.target.closest?.(`[data-liver-map] ${SEGMENT}`);
    if (segment && !choose(segment)) event.preventDefault();
    const lesion = event.target.closest?.(`[data-liver-map] ${LESION}`);
    if (!lesion) return;
    const detail = { lesion: lesion.dataset.lesion };
    const told = new CustomEvent("lesion:chosen", { bubbles: true, cancelable: true, detail });
    if (!mapOf(lesion).dispatchEvent(told)) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const map = event.target.closest?.("[data-liver-map]");
    if (!map) return;
    const segment = event.target.closest(SEGMENT);
    if (!segment) {
      if (event.key === "Escape") focusOn(map, map.querySelector(`${SEGMENT}[tabindex="0"]`) ?? map, SEGMENT);
      return;
    }
    const next = neighbour(segment.dataset.segment, event.key);
    if (next) {
      event.preventDefault();
      focusOn(map, segmentOf(map, next), SEGMENT);
    } else if (segment.getAttribute("role") === "button" && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(segment);
    }
  });

  // The ring is drawn after all segments, so that no neighbour hides half of it.
  document.addEventListener("focusin", (event) => {
    const map = event.target.closest?.("[data-liver-map]");
    if (!map || !event.target.matches(":focus-visible")) return;
    const lesion = event.target.closest(LESION);
    const segment = event.target.closest(SEGMENT);
    if (lesion || segment) map.querySelector(".focus-ring").setAttribute("d", lesion ? circlePath(lesion) : outlineOf(segment));
  });

  document.addEventListener("focusout", (event) => {
    event.target.closest?.("[data-liver-map]")?.querySelector(".focus-ring").setAttribute("d", "");
  });

  const prepareAll = (root) => root.querySelectorAll("[data-liver-map]").forEach(prepare);
  document.addEventListener("DOMContentLoaded", () => prepareAll(document));
  document.addEventListener("htmx:load", (event) => prepareAll(event.target));
  if (document.readyState !== "loading") prepareAll(document);
})();
