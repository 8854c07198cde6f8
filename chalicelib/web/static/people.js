// Colleagues are found by typing: in every [data-people] box, also in rows that are added or parts that load later.
(() => {
  "use strict";

  // A select of people becomes a search. The select stays the field that is sent; the input shows the chosen name.
  let made = 0;
  const enhance = (box) => {
    const select = box.querySelector("select");
    if (!select || box.querySelector("[role=combobox]")) return;
    const input = document.createElement("input"), list = document.createElement("div");
    Object.assign(list, { id: `people-${++made}`, className: "people-list", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.querySelector("label").textContent.trim());
    Object.assign(input, { type: "text", className: "form-control", autocomplete: "off", id: select.id, required: select.required });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
      input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid"])
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    input.placeholder = select.querySelector("option[value='']")?.textContent ?? "";
    select.removeAttribute("id");
    select.hidden = true;
    select.after(input, list);
    input.value = chosenName(select);
    listen(box, select, input, list);
  };

  const chosenName = (select) => (select.value ? select.selectedOptions[0].textContent : "");

  const listen = (box, select, input, list) => {
    let waiting = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const active = () => list.querySelector("[aria-selected=true]");
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const activate = (option) => {
      for (const each of options()) each.setAttribute("aria-selected", String(each === option));
      if (!option) return;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      select.querySelector(`option[value="${CSS.escape(option.dataset.person)}"]`) ?? select.add(new Option(option.dataset.name, option.dataset.person));
      select.value = option.dataset.person;
      input.value = option.dataset.name;
      close();
    };
    const show = (people) => {
      list.replaceChildren(...people.map((person, number) => {
        const option = document.createElement("div"), department = document.createElement("small");
        Object.assign(option, { id: `${list.id}-${number}`, textContent: person.name });
        Object.assign(option.dataset, { person: person.id, name: person.name });
        option.setAttribute("role", "option");
        department.textContent = person.department ?? "";
        option.append(department);
        return option;
      }));
      if (!people.length) {
        const nobody = document.createElement("p");
        nobody.textContent = box.dataset.nobody;
        nobody.setAttribute("role", "option");
        nobody.setAttribute("aria-disabled", "true");
        list.append(nobody);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      activate(list.querySelector("[data-person]"));
    };
    const search = async () => {
      const wanted = input.value.trim();
      if (!wanted) return close();
      const answer = await fetch(`${box.dataset.people}?q=${encodeURIComponent(wanted)}`, { headers: { Accept: "application/json" } });
      if (answer.ok && input.value.trim() === wanted && document.activeElement === input) show((await answer.json()).items);
    };
    input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("keydown", (event) => {
      const all = options().filter((option) => option.dataset.person), at = all.indexOf(active());
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        activate(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (active()) choose(active());
      } else if (event.key === "Escape") close();
    });
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[data-person]");
      if (option) choose(option);
    });
    input.addEventListener("blur", () => {
      clearTimeout(waiting);
      if (!list.hidden && active() && input.value.trim() && input.value !== chosenName(select)) choose(active());
      if (!input.value.trim() && select.querySelector("option[value='']")) select.value = "";
      input.value = chosenName(select);
      close();
    });
  };

  const enhanceAll = () => document.querySelectorAll("[data-people]").forEach(enhance);

  enhanceAll();
  new MutationObserver(enhanceAll).observe(document.body, { childList: true, subtree: true });
})();
