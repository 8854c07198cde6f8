// The visit form: the end moves with the start, what can be booked follows the site. People are found by typing (people.js).
(() => {
  "use strict";

  const form = document.querySelector("[data-visit-form]");

  // The visit keeps its length when its start moves.
  const keepLength = () => {
    const starts = form.elements.starts, ends = form.elements.ends;
    let before = Date.parse(starts.value);
    starts.addEventListener("change", () => {
      const now = Date.parse(starts.value), length = Date.parse(ends.value) - before;
      if (now && length > 0) ends.value = local(now + length);
      before = now;
    });
    ends.addEventListener("change", () => { before = Date.parse(starts.value); });
  };

  const local = (time) => {
    const moment = new Date(time - new Date(time).getTimezoneOffset() * 60000);
    return moment.toISOString().slice(0, 16);
  };

  // Only what the chosen site has is offered.
  const offerResources = () => {
    const box = form.querySelector("[data-resources-of]");
    const resources = new Map(box.dataset.resourcesOf.split(";").map((each) => each.split(":")).map(([site, list]) => [site, list.split(",")]));
    const here = resources.get(form.elements.site.value) ?? [];
    for (const option of box.querySelectorAll("select option")) {
      option.hidden = option.disabled = Boolean(option.value) && !here.includes(option.value);
      if (option.selected && option.disabled) option.parentElement.value = "";
    }
  };

  keepLength();
  offerResources();
  form.elements.site.addEventListener("change", offerResources);
  for (const list of form.querySelectorAll("[data-rows-list]"))
    new MutationObserver(offerResources).observe(list, { childList: true });
})();
