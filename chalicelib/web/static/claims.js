// A line that is added to a claim begins on the day of the line above it.
(() => {
  "use strict";

  const day = (row) => row.querySelector('[name$=".day"]');
  const begin = (row) => {
    const above = row.previousElementSibling;
    if (above && day(row) && !day(row).value) day(row).value = day(above).value;
  };
  for (const list of document.querySelectorAll("[data-items] > [data-rows] > [data-rows-list]"))
    new MutationObserver((changes) => { for (const change of changes) change.addedNodes.forEach((row) => { if (row.nodeType === 1) begin(row); }); }).observe(list, { childList: true });
})();
