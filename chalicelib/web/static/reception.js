// The estimate follows added and removed items, too: rows fire no event of their own.
(() => {
  "use strict";

  const box = document.querySelector("[data-items]");
  const changed = () => { box.closest("form").dispatchEvent(new Event("change", { bubbles: true })); };
  for (const list of box.querySelectorAll("[data-rows-list]")) new MutationObserver(changed).observe(list, { childList: true });
})();
