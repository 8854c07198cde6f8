// The count at the inbox: asked for while somebody looks, less and less often while it stays the same.
(() => {
  "use strict";

  const badge = document.querySelector("[data-count]");
  if (!badge) return;
  const MINUTE = 60_000;
  const waits = badge.dataset.minutes.split(" ").map((minutes) => minutes * MINUTE);
  let asked = 0, step = 0, shown = "", timer = 0;

  const plan = () => {
    clearTimeout(timer);
    if (document.visibilityState !== "visible") return;
    timer = setTimeout(() => ask(Math.min(step + 1, waits.length - 1)), Math.max(0, asked + waits[step] - Date.now()));
  };

  const ask = async (next) => {
    asked = Date.now();
    step = next;
    plan();
    const answer = await fetch(badge.dataset.count, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") return stop(); // signed out elsewhere
    const text = answer?.ok ? await answer.text() : shown;
    if (text === shown) return;
    badge.innerHTML = shown = text;
    step = 0;
    plan();
  };

  const look = () => {
    step = 0;
    if (document.visibilityState === "visible" && Date.now() - asked >= MINUTE) ask(0);
    else plan();
  };

  const stop = () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };

  document.addEventListener("visibilitychange", look);
  look();
})();
