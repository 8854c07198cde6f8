// What pages do beyond links and forms. Everything works through attributes; nothing is inline.
(() => {
  "use strict";

  const remember = (pair) => { document.cookie = `${pair};path=/;max-age=31536000;samesite=lax`; };

  // Theme and language
  const chooseTheme = (theme) => {
    document.documentElement.dataset.theme = theme;
    remember(`theme=${theme}`);
    for (const button of document.querySelectorAll("[data-theme-choice]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  };

  // Rows of a form: names and ids carry the row's number (visitors.0.name, f-visitors-0-name). Rows may hold rows.
  const own = (rows, selector) => rows.querySelector(`:scope > ${selector}`);
  const everyPart = (root) => [...root.querySelectorAll("*")].flatMap((part) => (part.content ? [part, ...everyPart(part.content)] : [part]));

  const renumber = (rows) => {
    const name = rows.dataset.rows;
    const pattern = new RegExp(`^((?:f-)?${name.replaceAll(".", "[.-]")}[.-])(?:\\d+|__n__)(?=[.-]|$)`);
    const list = [...own(rows, "[data-rows-list]").children];
    list.forEach((row, number) => {
      row.querySelector("[data-row-number]").textContent = number + 1;
      for (const part of everyPart(row))
        for (const attribute of ["name", "id", "for", "aria-describedby", "list", "data-rows"]) {
          const value = part.getAttribute(attribute);
          if (value) part.setAttribute(attribute, value.split(" ").map((word) => word.replace(pattern, `$1${number}`)).join(" "));
        }
      own(row, "[data-rows-remove]").hidden = list.length <= Number(rows.dataset.least);
    });
    own(rows, "[data-rows-add]").disabled = list.length >= Number(rows.dataset.most);
  };

  const addRow = (rows) => {
    const row = own(rows, "template").content.firstElementChild.cloneNode(true);
    own(rows, "[data-rows-list]").append(row);
    renumber(rows);
    prepare(row);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };

  const removeRow = (row) => {
    const rows = row.closest("[data-rows]");
    const neighbour = row.previousElementSibling ?? row.nextElementSibling;
    row.remove();
    renumber(rows);
    (neighbour?.querySelector("input, select, textarea") ?? own(rows, "[data-rows-add]")).focus();
  };

  // Within [data-switch], the select with [data-switch-by] decides which parts ([data-for]) are shown and sent.
  const switchParts = (box) => {
    const chosen = box.querySelector("[data-switch-by] select").value;
    for (const part of box.querySelectorAll("[data-for]")) {
      if (part.closest("[data-switch]") !== box) continue;
      part.hidden = !part.dataset.for.split(" ").includes(chosen);
      for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = Boolean(field.closest("[data-for][hidden]"));
    }
  };

  const onClick = (event) => {
    const part = event.target.closest("[data-theme-choice], [data-remember], [data-rows-add], [data-rows-remove], [data-opens]");
    for (const open of document.querySelectorAll("details.menu[open], details[data-closes][open]"))
      if (!open.contains(event.target)) open.open = false;
    if (!part) return;
    if (part.dataset.themeChoice) chooseTheme(part.dataset.themeChoice);
    if (part.dataset.remember) remember(part.dataset.remember);
    if ("rowsAdd" in part.dataset) addRow(part.closest("[data-rows]"));
    if ("rowsRemove" in part.dataset) removeRow(part.closest("[data-row]"));
    if (part.dataset.opens) document.getElementById(part.dataset.opens).showModal();
  };

  const onKey = (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.menu[open], details[data-closes][open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  };

  const prepare = (root) => {
    for (const rows of root.querySelectorAll("[data-rows]")) renumber(rows);
    for (const box of root.querySelectorAll("[data-switch]")) switchParts(box);
    root.querySelector(".error-summary")?.focus();
  };

  const onChange = (event) => {
    if (event.target.closest("[data-switch-by]")) switchParts(event.target.closest("[data-switch]"));
  };

  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  document.addEventListener("rows-changed", (event) => prepare(event.target.parentElement));
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
  prepare(document);
})();
