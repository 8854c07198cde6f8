// Visitors from a file: the server tries it and gives rows for the form, or says what is wrong in which row and column.
(() => {
  "use strict";

  const form = document.querySelector("[data-visit-form]"), box = form.querySelector("[data-visitor-list]");
  const file = box.querySelector("input"), said = box.querySelector("[data-list-said]"), places = box.querySelector("[data-list-places]");
  const rows = form.querySelector("[data-rows=visitors]"), list = rows.querySelector("[data-rows-list]");

  const field = (row, name) => row.querySelector(`[name$=".${name}"]`);

  const fill = (row, visitor) => {
    for (const [name, value] of Object.entries(visitor)) if (field(row, name)) field(row, name).value = value;
  };

  // Rows in which nothing stands are used first.
  const take = (visitors) => {
    const empty = [...list.children].filter((row) => !field(row, "name").value && !field(row, "phone").value);
    for (const visitor of visitors) {
      const row = empty.shift() ?? list.appendChild(rows.querySelector(":scope > template").content.firstElementChild.cloneNode(true));
      fill(row, visitor);
    }
    rows.dispatchEvent(new Event("rows-changed", { bubbles: true }));
    rows.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const place = (problem) => {
    const item = document.createElement("li"), where = document.createElement("strong");
    where.textContent = problem.row ? box.dataset.place.replace("{row}", problem.row).replace("{column}", problem.column) : "";
    item.append(where, ` ${problem.message}`);
    return item;
  };

  const tell = (answer) => {
    const typed = [...list.children].filter((row) => field(row, "name").value || field(row, "phone").value).length;
    const tooMany = typed + answer.visitors.length > Number(rows.dataset.most);
    places.replaceChildren(...answer.problems.map(place));
    places.hidden = !answer.problems.length;
    said.textContent = answer.wrong
      ? box.dataset.wrong.replace("{count}", answer.wrong)
      : tooMany ? box.dataset.most : box.dataset.taken.replace("{count}", answer.visitors.length);
    if (answer.ignored.length) said.textContent += ` ${box.dataset.ignored.replace("{columns}", answer.ignored.join(", "))}`;
    if (!answer.wrong && !tooMany) take(answer.visitors);
  };

  const send = async () => {
    if (!file.files.length) return;
    said.textContent = box.dataset.reading;
    const headers = { "Content-Type": "application/octet-stream", Accept: "application/json", "X-CSRF-Token": form.elements.csrf.value };
    try {
      const answer = await fetch(box.dataset.visitorList, { method: "POST", body: file.files[0], headers });
      const told = await answer.json();
      if (answer.ok) tell(told);
      else said.textContent = told.errors?.[0]?.message ?? told.detail ?? told.title;
    } catch {
      said.textContent = box.dataset.failed;
    }
    file.value = "";
  };

  file.addEventListener("change", send);
})();
