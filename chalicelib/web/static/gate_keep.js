// Keeps this page and its files on the device (gate_worker.js), so that it opens without network, too.
(async () => {
  "use strict";

  const page = document.querySelector("[data-worker]");
  if (!page || !navigator.serviceWorker) return;
  const { worker, scope, detector, wasm, ed25519 } = page.dataset;
  const drawn = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]")];
  const files = [...drawn.map((one) => one.href || one.src), detector, wasm, ed25519].filter(Boolean);
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "kept") page.dataset.kept = "true";
  });
  try {
    await navigator.serviceWorker.register(worker, { scope });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ page: location.href.split("#")[0], files });
  } catch { /* without a worker the open page still works; only opening it anew needs the network */ }
})();
