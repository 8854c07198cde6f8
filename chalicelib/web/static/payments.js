// Payments: what is ticked adds up as one ticks, in one currency; a bank's answer is tried first and carried out after a look.
(() => {
  "use strict";

  const form = document.querySelector("[data-payments]");
  const box = document.querySelector("[data-answer]");

  const shown = (minor, digits, currency) => {
    const text = String(minor).padStart(digits + 1, "0"), whole = text.slice(0, text.length - digits);
    return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${digits ? `.${text.slice(-digits)}` : ""} ${currency}`;
  };

  const add = () => {
    const ticked = [...form.querySelectorAll("[data-tick]:checked")];
    const sums = new Map();
    for (const tick of ticked) {
      const { currency, amount, digits } = tick.dataset, held = sums.get(currency);
      sums.set(currency, { sum: (held?.sum ?? 0n) + BigInt(amount), digits: Number(digits) });
    }
    const said = form.querySelector("[data-chosen]"), mixed = sums.size > 1;
    const total = [...sums].map(([currency, { sum, digits }]) => shown(sum, digits, currency)).join(" + ");
    said.textContent = ticked.length ? `${said.dataset.count.replace("{count}", ticked.length)} ${total}${mixed ? ` · ${said.dataset.mixed}` : ""}` : said.dataset.none;
    said.classList.toggle("chosen-mixed", mixed);
    form.querySelector("[data-make]").disabled = !ticked.length || mixed;
  };

  if (form) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-tick-all]")) for (const tick of form.querySelectorAll("[data-tick]")) tick.checked = event.target.checked;
      add();
    });
    add();
  }

  const send = async (dry) => {
    const file = box.querySelector("input[type=file]").files[0];
    if (!file) return;
    const said = box.querySelector("[data-said]"), wrong = box.querySelector("[data-wrong]"), go = box.querySelector("[data-go]");
    said.textContent = box.dataset.reading;
    wrong.replaceChildren();
    go.hidden = true;
    const headers = { "Content-Type": "application/octet-stream", Accept: "application/json", "X-CSRF-Token": box.dataset.csrf };
    const address = `${box.dataset.answer}?dry_run=${dry}&name=${encodeURIComponent(file.name.slice(0, 100))}`;
    try {
      const answer = await fetch(address, { method: "POST", body: file, headers });
      const told = await answer.json();
      if (!answer.ok) { said.textContent = told.errors?.[0]?.message ?? told.title; return; }
      const counts = Object.entries(told.counts).map(([outcome, count]) => `${box.dataset[outcome]}: ${count}`).join(" · ");
      said.textContent = counts;
      wrong.replaceChildren(...told.wrong.map((row) => {
        const item = document.createElement("li");
        item.textContent = `${box.dataset.row.replace("{row}", row.row)} ${row.end_to_end} ${row.message}`;
        return item;
      }));
      go.hidden = !dry || !(told.counts.paid || told.counts.failed);
      if (!dry) location.reload();
    } catch {
      said.textContent = box.dataset.broken;
    }
  };

  // What goes on by itself is looked at again soon.
  if (document.querySelector("[data-moving]")) setTimeout(() => location.reload(), 3000);

  if (box) {
    box.querySelector("input[type=file]").addEventListener("change", () => send(true));
    box.querySelector("[data-go]").addEventListener("click", () => send(false));
  }
})();
