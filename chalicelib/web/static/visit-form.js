// The visit form: the end moves with the start, a series tells its dates, what can be booked follows the site. People are found by typing (people.js).
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

  // The dates of a series, as the server will count them: the same weekday, at most one more than it takes.
  const MOST = 26;
  const seriesDays = () => {
    const first = form.elements.starts.value.slice(0, 10), every = Number(form.elements["series.every"].value);
    const until = form.elements["series.until"].value, count = Number(form.elements["series.count"].value);
    if (!first || !every || (!until && !count)) return [];
    const days = [];
    for (const day = new Date(`${first}T00:00Z`); days.length < Math.min(count || MOST, MOST); day.setUTCDate(day.getUTCDate() + 7 * every)) {
      if (until && day.toISOString().slice(0, 10) > until) break;
      days.push(new Date(day));
    }
    return days;
  };

  const tellDays = () => {
    const told = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", month: "short", day: "numeric", weekday: "short" });
    const box = form.querySelector("[data-series-days]"), days = seriesDays();
    box.replaceChildren(...days.map((day) => Object.assign(document.createElement("span"), { className: "series-day", textContent: told.format(day) })));
  };

  // The calendar opens at the site and on the day that stand in the form.
  const link = form.querySelector("[data-calendar]"), calendar = link.getAttribute("href");
  link.addEventListener("click", () => {
    link.href = `${calendar}?${new URLSearchParams({ site: form.elements.site.value, day: form.elements.starts.value.slice(0, 10) })}`;
  });

  keepLength();
  tellDays();
  for (const name of ["starts", "series.every", "series.until", "series.count"]) form.elements[name].addEventListener("input", tellDays);
  offerResources();
  form.elements.site.addEventListener("change", offerResources);
  for (const list of form.querySelectorAll("[data-rows-list]"))
    new MutationObserver(offerResources).observe(list, { childList: true });
})();
