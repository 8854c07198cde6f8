// A document's page keeps itself up to date: every part with [data-live] is replaced by what the page shows now, sooner
// at first and later seldom, while somebody looks at it. Parts in which somebody types or chooses stay as they are.
(() => {
  "use strict";

  const SECONDS = [10, 20, 30, 60, 120, 300];
  const parts = () => [...document.querySelectorAll("[data-live]")];
  if (!parts().length) return;
  let step = 0, timer = 0;

  const plan = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(refresh, SECONDS[step] * 1000);
  };

  const refresh = async () => {
    step = Math.min(step + 1, SECONDS.length - 1);
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
    if (answer?.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    plan();
  };

  const show = (fresh) => {
    for (const part of parts()) {
      const next = fresh.getElementById(part.id);
      if (!next || part.contains(document.activeElement) || plain(next) === plain(part)) continue;
      part.replaceChildren(...next.childNodes);
      step = 0;
    }
  };

  // Each rendering has keys of its own in its forms: they are no news.
  const plain = (part) => part.innerHTML.replace(/name="(idempotency_key|csrf)" value="[^"]*"/g, "").replace(/\s+/g, " ");

  document.addEventListener("visibilitychange", () => { step = 0; if (document.visibilityState === "visible") refresh(); });
  plan();
})();
