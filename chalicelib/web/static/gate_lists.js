// The gate's lists: who is expected, on site and gone, and the tabs that open them.
(() => {
  "use strict";

  const { page, words, element, button, line, show, scan } = globalThis.gate ?? {};
  if (!page) return;
  const LISTS = ["expected", "inside", "left"];
  const REFRESH = 60000, AGAIN = 5000, PAGES = 10;
  const wide = matchMedia("(min-width: 900px)");
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: page.dataset.timeZone });

  const rows = { expected: [], inside: [], left: [] };
  const get = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const wholeDay = async () => {
    const found = [];
    let cursor = "";
    for (let number = 0; number < PAGES && cursor !== null; number += 1) {
      const query = new URLSearchParams({ site: page.dataset.site, status: "all", ...cursor && { cursor } });
      const part = await get(`${page.dataset.expected}?${query}`);
      found.push(...part.items);
      cursor = part.next;
    }
    return found;
  };
  let again = 0;
  const refresh = async () => {
    clearTimeout(again);
    try {
      const site = new URLSearchParams({ site: page.dataset.site });
      const [day, inside] = await Promise.all([wholeDay(), get(`${page.dataset.onsite}?${site}`)]);
      rows.expected = day.filter((row) => row.status === "expected");
      rows.left = day.filter((row) => row.status === "left").sort((one, other) => (one.last_out < other.last_out ? 1 : -1));
      rows.inside = inside.items;
      LISTS.forEach(draw);
      document.dispatchEvent(new CustomEvent("gate:network", { detail: true }));
    } catch (error) {
      again = setTimeout(whenSeen, AGAIN); // the lists stay as they were until then
      if (error instanceof TypeError) document.dispatchEvent(new CustomEvent("gate:network", { detail: false }));
    }
  };
  const whenSeen = () => { if (!document.hidden) refresh(); };

  // Whoever is let through from a list showed no code: the guard says why.
  const byHand = (row) => {
    const direction = row.status === "inside" ? "out" : "in";
    const because = (reason) => button(reason, () => scan(row.reservation, { direction, reason }));
    const company = row.company ? element("span", {}, row.company) : null;
    show(direction === "in" ? "by_hand_in" : "by_hand_out", [
      element("p", { className: "gate-who" }, row.name, company), line(`${words.host} ${row.host}`),
    ], words.byHand.split("|").map(because));
  };
  const late = (row) => row.status === "expected" && row.late_minutes
    ? element("strong", { className: "gate-late" }, words.late.replace("{minutes}", row.late_minutes)) : null;
  const moment = (row) => row.status === "expected" ? row.starts : row.since ?? row.last_out;
  const drawRow = (row) => element("li", {}, element("button", {
    type: "button", className: "gate-row", onclick: () => byHand(row),
  }, element("b", {}, row.name), element("time", { dateTime: moment(row) }, clock.format(new Date(moment(row)))),
  element("span", {}, [row.company, `${words.host} ${row.host}`, row.reservation].filter(Boolean).join(" · ")), late(row)));
  const draw = (name) => {
    const panel = page.querySelector(`[data-list="${name}"]`);
    const wanted = panel.querySelector("input").value.trim().toLowerCase();
    const fits = (row) => [row.name, row.company, row.host, row.reservation].some((text) => text.toLowerCase().includes(wanted));
    const found = rows[name].filter(fits);
    page.querySelector(`[data-count="${name}"]`).textContent = rows[name].length;
    const none = element("li", { className: "gate-none" }, panel.dataset.empty);
    panel.querySelector("ul").replaceChildren(...found.length ? found.map(drawRow) : [none]);
  };
  for (const name of LISTS) page.querySelector(`[data-list="${name}"] input`).addEventListener("input", () => draw(name));

  const tabs = [...page.querySelectorAll("[role=tab]")];
  const open = (tab) => {
    for (const each of tabs) {
      const chosen = each === tab;
      each.setAttribute("aria-selected", String(chosen));
      each.tabIndex = chosen ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = !chosen;
    }
    if (wide.matches) page.querySelector("#panel-scan").hidden = false;
  };
  const arrange = () => {
    const chosen = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
    open(wide.matches && chosen.id === "tab-scan" ? tabs[1] : chosen);
  };
  for (const tab of tabs) tab.addEventListener("click", () => { open(tab); if (tab.id !== "tab-scan") refresh(); });
  page.querySelector(".gate-tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = tabs.filter((tab) => tab.offsetParent !== null);
    const next = shown[(shown.indexOf(event.target.closest("[role=tab]")) + step + shown.length) % shown.length];
    open(next);
    next.focus();
  });
  wide.addEventListener("change", arrange);

  globalThis.gate.rowOf = (fits) => [...rows.inside, ...rows.expected, ...rows.left].find(fits);
  arrange();
  refresh();
  document.addEventListener("gate:passed", refresh);
  setInterval(whenSeen, REFRESH);
  document.addEventListener("visibilitychange", whenSeen);
})();
