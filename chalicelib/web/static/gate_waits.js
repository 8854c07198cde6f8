// A guest without appointment waits for the host: the page asks every few seconds until that is decided.
(() => {
  "use strict";

  const EVERY = 3000;
  const waiting = () => document.getElementById("walk-in");
  const ask = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
    if (answer?.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("walk-in");
      if (fresh && fresh.className !== waiting().className) navigator.vibrate?.([200, 100, 200]);
      if (fresh) waiting().replaceWith(fresh);
    }
    if (waiting().dataset.waits) setTimeout(ask, EVERY);
  };
  if (waiting()?.dataset.waits) setTimeout(ask, EVERY);
})();
