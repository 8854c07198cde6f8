// The inbox without a mouse: j and k (or the arrows) walk through the tasks, Enter opens one as any link, x ticks it,
// a goes to the button that approves the ticked ones. The button is offered while something is ticked.
(() => {
  "use strict";

  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const bulk = document.querySelector("[data-bulk]");
  const ticks = () => [...document.querySelectorAll("[data-tick]")];

  const walk = (step) => {
    const links = [...document.querySelectorAll("[data-inbox] .row-link")];
    const here = document.activeElement.closest(".inbox-item")?.querySelector(".row-link");
    const at = links.indexOf(here);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  const tick = () => {
    const box = document.activeElement.closest(".inbox-item")?.querySelector("[data-tick]");
    if (box) box.click();
  };

  const offer = () => {
    const count = ticks().filter((box) => box.checked).length;
    bulk.querySelector("[data-bulk-bar]").hidden = !count;
    bulk.querySelector("[data-bulk-count]").textContent = count ? ` (${count})` : "";
  };

  const onKey = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    if (STEPS[event.key]) walk(STEPS[event.key]);
    else if (event.key === "x" && bulk) tick();
    else if (event.key === "a" && bulk && ticks().some((box) => box.checked)) bulk.querySelector("[data-bulk-button]").focus();
    else return;
    event.preventDefault();
  };

  document.addEventListener("keydown", onKey);
  if (bulk) {
    bulk.addEventListener("change", offer);
    offer();
  }
})();
