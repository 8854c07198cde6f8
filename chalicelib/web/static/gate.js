// The gate: what a hand scanner, the pad or the camera (gate_camera.js) reads becomes a scan; the answer fills the screen.
(() => {
  "use strict";

  const GATE = "atrium.gate";
  const LISTS = ["expected", "inside", "left"];
  const PATIENCE = 10000, GOOD_STAYS = 6000, REFRESH = 60000, PAGES = 10;
  const SOUNDS = { good: [[880, 0.09], [1320, 0.16]], careful: [[620, 0.14], [620, 0.14]], bad: [[210, 0.5]] };
  const SHAKES = { good: [80], careful: [80, 80, 80], bad: [400] };

  const remembered = () => { try { return localStorage.getItem(GATE); } catch { return null; } };
  const remember = (gate) => { try { localStorage.setItem(GATE, gate); } catch { /* a private window remembers nothing */ } };

  const choice = document.querySelector("[data-gate-choice]");
  if (choice) {
    const known = remembered();
    const offered = [...choice.elements].some((button) => button.value === known);
    if (known && offered && !("choosing" in choice.dataset)) location.replace(`?gate=${encodeURIComponent(known)}`);
    return;
  }

  const page = document.querySelector(".gate");
  if (!page) return;
  const words = document.getElementById("gate-words").dataset;
  const form = page.querySelector(".gate-form"), input = form.elements.code;
  const screen = page.querySelector(".gate-result");
  const wide = matchMedia("(min-width: 900px)");
  remember(page.dataset.gate);
  input.inputMode = "none"; // the pad on the page is larger than the device's own keyboard; scanners type anyway

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: page.dataset.timeZone });
  const newNonce = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // Sound: browsers allow it after the first touch or key.
  let audio = null;
  const wakeAudio = () => { audio ??= new AudioContext(); if (audio.state === "suspended") audio.resume(); };
  addEventListener("pointerdown", wakeAudio);
  addEventListener("keydown", wakeAudio);
  const sound = (tone) => {
    navigator.vibrate?.(SHAKES[tone] ?? []);
    if (!audio || audio.state !== "running") return;
    let at = audio.currentTime;
    for (const [pitch, seconds] of SOUNDS[tone] ?? []) {
      const tune = new OscillatorNode(audio, { frequency: pitch, type: tone === "bad" ? "sawtooth" : "sine" });
      const volume = new GainNode(audio, { gain: 0.35 });
      tune.connect(volume).connect(audio.destination);
      tune.start(at);
      tune.stop(at + seconds);
      at += seconds + 0.05;
    }
  };

  // The answer
  let closing = 0;
  const close = () => { clearTimeout(closing); screen.hidden = true; screen.replaceChildren(); input.focus({ preventScroll: true }); };
  const show = (look, parts = [], acts = []) => {
    clearTimeout(closing);
    const template = document.querySelector(`template[data-look="${look}"]`);
    const tone = template.dataset.tone;
    screen.className = `gate-result gate-${tone}`;
    screen.dataset.shown = look;
    screen.toggleAttribute("data-fresh", true);
    const buttons = element("div", { className: "gate-acts" }, ...acts);
    screen.replaceChildren(template.content.cloneNode(true), ...parts.filter(Boolean), buttons);
    screen.hidden = false;
    if (tone === "quiet") return;
    buttons.append(button(words.close, close, "gate-act gate-act-quiet"));
    sound(tone);
    if (tone === "good") closing = setTimeout(close, GOOD_STAYS);
  };
  const button = (text, act, className = "gate-act") => element("button", {
    type: "button", className: `btn ${className}`, onclick: (event) => { event.stopPropagation(); act(); },
  }, ...[text].flat());
  const line = (...children) => element("p", {}, ...children);
  screen.addEventListener("click", (event) => { if (!event.target.closest("a, button")) close(); });

  const answered = (answer, code) => {
    const { visitor, visit } = answer;
    const company = visitor?.company ? element("span", {}, visitor.company) : null;
    const phone = visit?.host_phone ? element("a", { href: `tel:${visit.host_phone}` }, visit.host_phone) : null;
    show(answer.result, [
      visitor && element("p", { className: "gate-who" }, visitor.name, company),
      line(answer.message),
      visit && line(`${words.host} ${visit.host} `, phone),
      answer.result === "checked_in" && !visit.rules_accepted && visit.rules && line(words.rules),
    ], [
      ...answer.offers.includes("check_out") ? [button(words.checkOut, () => scan(code, "out"))] : [],
      ...answer.candidates.map((one) => button(
        [one.name, element("span", {}, [one.company, one.reservation].filter(Boolean).join(" · "))],
        () => scan(one.reservation))),
    ]);
    if (answer.result === "checked_in" || answer.result === "checked_out") refresh();
  };

  // Scans go one after the other; one that failed can be sent again as the same scan.
  const send = async (asked) => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(page.dataset.scans, {
        method: "POST", signal: stop.signal, credentials: "same-origin", cache: "no-store",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": form.elements.csrf.value },
        body: JSON.stringify(asked),
      });
      return { status: answer.status, body: await answer.json() };
    } finally {
      clearTimeout(late);
    }
  };
  const perform = async (asked) => {
    form.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => show("busy"), 80);
    let result = null;
    try {
      result = await send(asked);
    } catch { /* told to the guard below: nothing came back */ } finally {
      clearTimeout(slow);
      form.removeAttribute("aria-busy");
    }
    if (result === null || result.status >= 500) {
      const message = document.querySelector('template[data-look="away"]').dataset.message;
      return show("away", [line(message)], [button(words.retry, () => enqueue(asked))]);
    }
    if (result.status === 200) return answered(result.body, asked.code);
    const back = encodeURIComponent(`/gate?gate=${page.dataset.gate}`);
    const signIn = () => { location.href = `${page.dataset.signIn}?next=${back}`; };
    const reasons = (result.body.errors ?? []).map((wrong) => line(wrong.message));
    show("refused", [line(result.body.title), ...reasons], result.status === 401 ? [button(words.signIn, signIn)] : []);
  };
  document.addEventListener("gate:code", (event) => scan(event.detail));

  let queue = Promise.resolve();
  const enqueue = (asked) => { queue = queue.then(() => perform(asked)); };
  const scan = (code, direction = "in") => enqueue({ code, direction, gate: page.dataset.gate, nonce: newNonce() });

  // Hand scanner and pad: keys reach the field wherever the focus is, Enter sends.
  const submit = () => {
    const code = input.value.trim();
    input.value = "";
    if (code) scan(code);
    else close();
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); submit(); });
  page.querySelector(".gate-pad").addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    input.value = key === "back" ? input.value.slice(0, -1) : input.value + key;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !screen.hidden) return close();
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && input.value) { event.preventDefault(); submit(); }
    if (event.key.length !== 1 || event.key === " ") return;
    event.preventDefault();
    input.value += event.key;
    input.focus({ preventScroll: true });
  });

  // Lists of the day
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
  const refresh = async () => {
    try {
      const site = new URLSearchParams({ site: page.dataset.site });
      const [day, inside] = await Promise.all([wholeDay(), get(`${page.dataset.onsite}?${site}`)]);
      rows.expected = day.filter((row) => row.status === "expected");
      rows.left = day.filter((row) => row.status === "left").sort((one, other) => (one.last_out < other.last_out ? 1 : -1));
      rows.inside = inside.items;
      LISTS.forEach(draw);
    } catch { /* the lists stay as they were; a scan says loudly when the network is away */ }
  };
  const moment = (row) => row.status === "expected" ? row.starts : row.since ?? row.last_out;
  const drawRow = (row) => element("li", {}, element("button", {
    type: "button", className: "gate-row", onclick: () => scan(row.reservation),
  }, element("b", {}, row.name), element("time", { dateTime: moment(row) }, clock.format(new Date(moment(row)))),
  element("span", {}, [row.company, `${words.host} ${row.host}`, row.reservation].filter(Boolean).join(" · "))));
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

  arrange();
  refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, REFRESH);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  input.focus({ preventScroll: true });
})();
