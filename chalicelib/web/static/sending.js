// What holds for every form from the first moment on: this is loaded before the page is drawn, so that no button that
// asks first can be pressed before it does.
(() => {
  "use strict";

  // A form is sent once; a button with data-confirm asks first, in the page's own words.
  const onSubmit = (event) => {
    const form = event.target, button = event.submitter;
    const question = button?.dataset.confirm;
    if (question && !form.dataset.confirmed) return askFirst(event, question);
    if (form.dataset.sent) return event.preventDefault();
    if (!("once" in form.dataset)) return;
    form.dataset.sent = "true";
    button?.setAttribute("aria-busy", "true");
  };

  const askFirst = (event, question) => {
    event.preventDefault();
    const dialog = document.getElementById("confirm");
    dialog.querySelector("[data-question]").textContent = question;
    dialog.querySelector("[value=yes]").textContent = event.submitter.textContent.trim();
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      event.target.dataset.confirmed = "true";
      event.target.requestSubmit(event.submitter);
    };
    dialog.returnValue = "";
    dialog.showModal();
  };

  // A page that comes back from the browser's memory can be sent again.
  const onShow = (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };

  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", onShow);
})();
