// Taking in a file: it is tried first, and what it changes or where it is wrong is shown; then it is written, step by step.
(() => {
  "use strict";

  const box = document.querySelector("[data-import]");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-import-${name}]`);
  const file = part("file"), said = part("said"), places = part("places"), changes = part("changes"), take = part("take");

  const address = (query) => {
    for (const field of box.querySelectorAll("[name]")) if (field.value) query.set(field.name, field.value);
    return `${box.dataset.import}?${query}`;
  };

  const send = async (query, headers = {}) => {
    const own = { "Content-Type": "application/octet-stream", Accept: "application/json", "X-CSRF-Token": part("csrf").value };
    const answer = await fetch(address(query), { method: "POST", body: file.files[0], headers: { ...own, ...headers } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.errors?.[0]?.message ?? told.detail ?? told.title);
    return told;
  };

  const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);

  const place = (problem) => {
    const item = document.createElement("li"), where = document.createElement("strong");
    where.textContent = problem.row ? filled(box.dataset.place, problem) : "";
    item.append(where, ` ${problem.message}`);
    return item;
  };

  const row = (change) => {
    const line = document.createElement("tr");
    const labels = [...changes.querySelectorAll("th")].map((each) => each.textContent);
    [change.what, change.before || "–", change.after].forEach((text, column) => {
      const cell = document.createElement(column ? "td" : "th");
      cell.textContent = text;
      if (column) cell.dataset.label = labels[column];
      else cell.scope = "row";
      line.append(cell);
    });
    return line;
  };

  const summary = (answer) => {
    if (answer.wrong) return filled(box.dataset.wrong, { count: answer.wrong });
    return filled(answer.new + answer.changed ? box.dataset.found : box.dataset.nothing, answer);
  };

  const tell = (answer) => {
    said.textContent = summary(answer);
    if (answer.ignored.length) said.textContent += ` ${filled(box.dataset.ignored, { columns: answer.ignored.join(", ") })}`;
    places.replaceChildren(...answer.problems.map(place));
    places.hidden = !answer.problems.length;
    changes.tBodies[0].replaceChildren(...answer.changes.map(row));
    changes.hidden = !answer.changes.length || Boolean(answer.wrong);
    part("more").hidden = changes.hidden || answer.new + answer.changed <= answer.changes.length;
    take.hidden = Boolean(answer.wrong) || !answer.left;
  };

  const attempt = async (work) => {
    take.hidden = true;
    try {
      await work();
    } catch (error) {
      said.textContent = error instanceof TypeError ? box.dataset.failed : error.message;
    }
  };

  const trial = () => attempt(async () => {
    if (!file.files.length) return;
    said.textContent = box.dataset.reading;
    tell(await send(new URLSearchParams({ trial: "true" })));
  });

  // Each step writes some records; the same file again goes on where it was left.
  const write = () => attempt(async () => {
    for (;;) {
      const answer = await send(new URLSearchParams(), { "Idempotency-Key": crypto.randomUUID() });
      if (answer.wrong) return tell(answer);
      if (!answer.left) break;
      said.textContent = filled(box.dataset.writing, answer);
    }
    said.textContent = box.dataset.taken;
    window.location.assign(box.dataset.done);
  });

  // A file that was corrected is chosen again under the same name: that has to be a change, too.
  file.addEventListener("click", () => { file.value = ""; take.hidden = true; });
  box.addEventListener("change", trial);
  take.addEventListener("click", write);
})();
