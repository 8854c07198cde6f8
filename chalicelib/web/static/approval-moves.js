// In the form of further moves, only the fields that the chosen move needs are shown and sent.
(() => {
  "use strict";

  for (const form of document.querySelectorAll("[data-moves]")) {
    const choose = () => {
      for (const part of form.querySelectorAll("[data-for]")) {
        part.hidden = !part.dataset.for.split(" ").includes(form.elements.action.value);
        for (const field of part.querySelectorAll("input, select")) field.disabled = part.hidden;
      }
    };
    form.elements.action.addEventListener("change", choose);
    choose();
  }
})();
