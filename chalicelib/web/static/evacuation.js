// The evacuation list: ticks stay on this device until they are sent, and those of other guards arrive every few seconds.
(() => {
  "use strict";

  const page = document.querySelector("[data-evacuation]");
  if (!page) return;
  const EVERY = 4000, PATIENCE = 4000, AT_MOST = 90;
  const KEPT = `atrium.ticks ${page.dataset.site}`;
  const rows = [...page.querySelectorAll("tr[data-visit]")];
  const name = ({ visit, no }) => `${visit}#${no}`;
  const box = (row) => row.querySelector("input");

  // Unsent ticks by visitor: the last one counts. They are in the storage before anything else happens.
  const read = () => { try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; } };
  let unsent = read();
  const keep = () => { try { localStorage.setItem(KEPT, JSON.stringify(unsent)); } catch { /* then they live as long as the page */ } };

  const count = () => {
    const safe = rows.filter((row) => box(row).checked).length;
    page.querySelector("[data-safe]").textContent = safe;
    page.querySelector("[data-missing]").textContent = rows.length - safe;
  };
  const away = page.querySelector("[data-away]");
  const tell = (there) => {
    const waiting = Object.keys(unsent).length;
    away.textContent = away.dataset.away.replace("{count}", waiting);
    away.hidden = there;
  };
  const request = async (address, options) => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    } finally {
      clearTimeout(late);
    }
  };

  const send = async () => {
    const ticks = Object.values(unsent).slice(0, AT_MOST);
    if (!ticks.length) return true;
    const body = JSON.stringify({ site: page.dataset.site, ticks });
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": page.dataset.csrf };
    if (!await request(page.dataset.ticks, { method: "POST", headers, body })) return false;
    for (const tick of ticks) if (unsent[name(tick)]?.at === tick.at) delete unsent[name(tick)];
    keep();
    return true;
  };
  const show = ({ items }) => {
    const known = new Map(items.map((item) => [name(item), item]));
    for (const row of rows) {
      const item = known.get(name(row.dataset));
      if (item && !unsent[name(row.dataset)]) box(row).checked = item.safe;
    }
    const same = known.size === rows.length && rows.every((row) => known.has(name(row.dataset)));
    page.querySelector("[data-news]").hidden = same;
    count();
  };
  let running = Promise.resolve();
  const exchange = () => { running = running.then(once); };
  const once = async () => {
    const there = await send();
    const query = new URLSearchParams({ site: page.dataset.site });
    const list = there && await request(`${page.dataset.evacuation}?${query}`, { headers: { Accept: "application/json" } });
    if (list) show(list);
    tell(Boolean(list));
  };

  for (const row of rows) {
    const mine = unsent[name(row.dataset)];
    if (mine) box(row).checked = mine.safe;
    box(row).addEventListener("change", () => {
      const { visit, no } = row.dataset;
      unsent[name({ visit, no })] = { visit, no: Number(no), safe: box(row).checked, at: new Date().toISOString() };
      keep();
      count();
      exchange();
    });
  }
  count();
  exchange();
  setInterval(() => { if (!document.hidden) exchange(); }, EVERY);
  addEventListener("online", exchange);
})();
