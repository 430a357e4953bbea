// What makes the referral and the sheets of facts quicker? Everything works without it.
//
// data-only-when="names" data-values="CODES"   shown while one of the fields has one of the values
// data-not-when="names" data-values="CODES"    hidden while one of the fields has one of the values
// data-add-row="labs" with <template data-row-template="labs">   another row of a set
(() => {
  const list = (text) => (text || "").split(/\s+/).filter(Boolean);

  const valuesOf = (form, names) => list(names).flatMap((name) => {
    const found = form.elements.namedItem(name);
    if (!found) return [];
    const fields = found instanceof RadioNodeList ? [...found] : [found];
    return fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .map((field) => field.value);
  });

  const matches = (form, names, wanted) => valuesOf(form, names).some((value) => list(wanted).includes(value));

  const showWhatApplies = (form) => {
    for (const part of form.querySelectorAll("[data-only-when]")) {
      part.hidden = !holdsSomething(part) && !matches(form, part.dataset.onlyWhen, part.dataset.values);
    }
    for (const part of form.querySelectorAll("[data-not-when]")) {
      part.hidden = matches(form, part.dataset.notWhen, part.dataset.values) && !part.querySelector(".has-error");
    }
  };

  // What has been filled in is not hidden: nothing may be sent that nobody sees.
  const holdsSomething = (part) => [...part.querySelectorAll("input, select, textarea")].some((field) =>
    ["radio", "checkbox"].includes(field.type) ? field.checked : field.value !== "");

  const addRow = (form, name) => {
    const total = form.elements.namedItem(`${name}-TOTAL_FORMS`);
    const template = form.querySelector(`[data-row-template="${name}"]`);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.content.firstElementChild;
    form.querySelector(`[data-rows="${name}"]`).append(row);
    total.value = Number(total.value) + 1;
    row.querySelector("select, input:not([type=hidden])")?.focus();
    return row;
  };

  const unitsFor = (rows, analyte) => JSON.parse(rows.dataset.units || "{}")[analyte];

  const narrowUnits = (analyte) => {
    const row = analyte.closest("fieldset");
    const rows = analyte.closest("[data-rows]");
    const units = unitsFor(rows, analyte.value);
    const unit = row.querySelector('select[name$="-unit"]');
    if (!units || !unit) return;
    const chosen = unit.value;
    unit.replaceChildren(...units.map(([code, label]) => new Option(label, code)));
    if (units.some(([code]) => code === chosen)) unit.value = chosen;
  };

  const offerMarker = (form) => {
    const rows = form.querySelector('[data-rows="labs"][data-markers]');
    const marker = rows && JSON.parse(rows.dataset.markers)[valuesOf(form, "diagnosis-primary_site")[0]];
    if (!marker) return;
    const analytes = [...rows.querySelectorAll('select[name$="-analyte"]')];
    if (analytes.some((field) => field.value === marker)) return;
    const free = analytes.find((field) => !field.value || (field.dataset.offered && !typedBeside(field)));
    if (!free) return;
    free.value = marker;
    free.dataset.offered = "yes";
    narrowUnits(free);
  };

  const typedBeside = (analyte) => analyte.closest("fieldset").querySelector('input[name$="-value"]').value;

  const prepare = (form) => {
    showWhatApplies(form);
    for (const button of form.querySelectorAll("[data-add-row]")) button.hidden = false;
    for (const analyte of form.querySelectorAll('[data-rows="labs"] select[name$="-analyte"]')) {
      if (analyte.value) narrowUnits(analyte);
    }
    form.addEventListener("change", (event) => {
      if (event.target.matches('[data-rows="labs"] select[name$="-analyte"]')) narrowUnits(event.target);
      if (event.target.name === "diagnosis-primary_site") offerMarker(form);
      showWhatApplies(form);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add-row]");
      if (button) addRow(form, button.dataset.addRow);
    });
    offerMarker(form);
  };

  for (const form of document.querySelectorAll("form")) {
    if (form.querySelector("[data-only-when], [data-not-when], [data-add-row]")) prepare(form);
  }
})();
