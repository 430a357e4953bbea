// What makes the referral and the sheets of facts quicker? Everything works without it.
// The marker of the chosen primary is offered in a free row; a value's row offers that value's units only; what the
// liver scores ask is shown where there is cirrhosis or the tumour began in the liver.
(() => {
  "use strict";

  const ANALYTE = '[data-rows="labs"] select[name$="-analyte"]';
  const BEGUN_IN_LIVER = ["HCC", "ICCA", "PCCA"];

  const valueOf = (form, name) => form.elements.namedItem(name)?.value || "";
  const rowOf = (field) => field.closest("[data-row-of-set]");
  const typedBeside = (analyte) => rowOf(analyte).querySelector('input[name$="-value"]').value;

  function narrowUnits(analyte) {
    const units = JSON.parse(analyte.closest("[data-rows]").dataset.units || "{}")[analyte.value];
    const field = rowOf(analyte).querySelector('select[name$="-unit"]');
    if (!units || !field) return;
    const chosen = field.value;
    field.replaceChildren(...units.map(([code, label]) => new Option(label, code)));
    if (typedBeside(analyte) && units.some(([code]) => code === chosen)) field.value = chosen;
  }

  function offerMarker(form) {
    const rows = form.querySelector("[data-rows][data-markers]");
    const marker = rows && JSON.parse(rows.dataset.markers)[valueOf(form, "diagnosis-primary_site")];
    const analytes = [...form.querySelectorAll(ANALYTE)];
    if (!marker || analytes.some((field) => field.value === marker)) return;
    const free = analytes.find((field) => !field.value || (field.dataset.offered && !typedBeside(field)));
    if (!free) return;
    free.value = marker;
    free.dataset.offered = "yes";
    narrowUnits(free);
  }

  // What is filled in already stays in sight: nothing is sent that nobody sees.
  function askOfLiver(form) {
    const part = form.querySelector("[data-liver-questions]");
    if (!part) return;
    const answered = [...part.querySelectorAll("input")].some((field) => field.checked);
    const wanted = valueOf(form, "liver-cirrhosis") === "YES"
      || BEGUN_IN_LIVER.includes(valueOf(form, "diagnosis-primary_site"));
    part.hidden = !wanted && !answered;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (!form) return;
    if (event.target.matches(ANALYTE)) narrowUnits(event.target);
    if (event.target.name === "diagnosis-primary_site") offerMarker(form);
    askOfLiver(form);
  });

  document.querySelectorAll("form").forEach((form) => {
    form.querySelectorAll(ANALYTE).forEach((analyte) => analyte.value && narrowUnits(analyte));
    offerMarker(form);
    askOfLiver(form);
  });
})();
