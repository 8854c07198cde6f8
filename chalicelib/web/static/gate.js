// The gate: what a hand scanner, the pad or the camera (gate_camera.js) reads becomes a scan; the answer fills the screen.
// The lists (gate_lists.js), scans without network (gate_away.js) and what follows a scan (gate_acts.js) hang on `gate`.
(() => {
  "use strict";

  const GATE = "atrium.gate";
  const PATIENCE = 5000, GOOD_STAYS = 6000;
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
  remember(page.dataset.gate);
  input.inputMode = "none"; // the pad on the page is larger than the device's own keyboard; scanners type anyway

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };
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
    if (look === "busy") return;
    buttons.append(button(words.close, close, "gate-act gate-act-quiet"));
    sound(tone);
    if (tone === "good") closing = setTimeout(close, GOOD_STAYS);
  };
  const button = (text, act, className = "gate-act") => element("button", {
    type: "button", className: `btn ${className}`, onclick: (event) => { event.stopPropagation(); act(); },
  }, ...[text].flat());
  const line = (...children) => element("p", {}, ...children);
  screen.addEventListener("click", (event) => { if (!event.target.closest("a, button, input")) close(); });

  const who = (visitor) => visitor && element("p", { className: "gate-who" }, visitor.name,
    visitor.company ? element("span", {}, visitor.company) : null);
  const acts = []; // what else may follow an answer: functions of it that make buttons
  const answered = (answer, code) => {
    const { visitor, visit } = answer;
    const phone = visit?.host_phone ? element("a", { href: `tel:${visit.host_phone}` }, visit.host_phone) : null;
    show(answer.result, [
      who(visitor),
      line(answer.message),
      visit && line(`${words.host} ${visit.host} `, phone),
      answer.result === "checked_in" && !visit.rules_accepted && visit.rules && line(words.rules),
    ], [
      ...answer.offers.includes("check_out") ? [button(words.checkOut, () => scan(code, { direction: "out" }))] : [],
      ...answer.candidates.map((one) => button(
        [one.name, element("span", {}, [one.company, one.reservation].filter(Boolean).join(" · "))],
        () => scan(one.reservation))),
      ...acts.flatMap((offered) => offered(answer)),
    ]);
    if (answer.result === "checked_in" || answer.result === "checked_out") document.dispatchEvent(new Event("gate:passed"));
  };

  // What is sent comes back as { status, body }, or as null where nothing came back.
  const post = async (address, body) => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method: "POST", signal: stop.signal, credentials: "same-origin", cache: "no-store",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": form.elements.csrf.value },
        body: JSON.stringify(body),
      });
      const came = { status: answer.status, body: await answer.json() };
      const there = answer.status < 500;
      document.dispatchEvent(new CustomEvent("gate:network", { detail: there }));
      return there ? came : null;
    } catch {
      document.dispatchEvent(new CustomEvent("gate:network", { detail: false }));
      return null;
    } finally {
      clearTimeout(late);
    }
  };
  const busily = async (work) => {
    form.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => show("busy"), 80);
    try {
      return await work();
    } finally {
      clearTimeout(slow);
      form.removeAttribute("aria-busy");
    }
  };
  const refused = (result) => {
    const back = encodeURIComponent(`/gate?gate=${page.dataset.gate}`);
    const signIn = () => { location.href = `${page.dataset.signIn}?next=${back}`; };
    const reasons = (result.body.errors ?? []).map((wrong) => line(wrong.message));
    show("refused", [line(result.body.title), ...reasons], result.status === 401 ? [button(words.signIn, signIn)] : []);
  };
  // Scans that wait for the network go first, so that the order stays; while they cannot, neither can this one.
  const perform = async (asked) => {
    const result = await busily(async () => await away?.empty() === false ? null : post(page.dataset.scans, asked));
    if (result?.status === 200) return answered(result.body, asked.code);
    if (result) return refused(result);
    if (await away?.take(asked)) return undefined;
    const message = document.querySelector('template[data-look="away"]').dataset.message;
    return show("away", [line(message)], [button(words.retry, () => enqueue(asked))]);
  };
  document.addEventListener("gate:code", (event) => scan(event.detail));

  let away = null;
  let queue = Promise.resolve();
  const enqueue = (asked) => { queue = queue.then(() => perform(asked)); };
  const scan = (code, more = {}) => enqueue({ code, direction: page.dataset.direction, gate: page.dataset.gate, nonce: newNonce(), ...more });
  globalThis.gate = {
    page, words, element, button, line, show, close, who, scan, post, busily, refused, acts,
    without: (handler) => { away = handler; },
  };

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

  input.focus({ preventScroll: true });
})();
