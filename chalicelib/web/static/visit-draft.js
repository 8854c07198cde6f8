// A draft saves itself: what is complete enough goes to the server a moment after the last key, with its version.
(() => {
  "use strict";

  const form = document.querySelector("[data-visit-form], [data-draft-form]"), said = form.querySelector("[data-draft]");
  if (!said) return;
  const PAUSE = 3000;
  let waiting = 0, saving = null, lost = null, unsaved = false, stopped = false;

  const say = (name, more = "") => {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(new Date());
    said.textContent = said.dataset[name].replace("{time}", time) + (more ? ` ${more}` : "");
  };

  // The first saving makes the draft; from then on the form changes it, and a reload finds it again.
  const keep = (answer) => {
    let version = form.elements.version;
    if (!version) {
      form.setAttribute("action", `${form.getAttribute("action")}/${answer.id}`);
      history.replaceState(null, "", `${form.getAttribute("action")}/edit`);
      version = Object.assign(document.createElement("input"), { type: "hidden", name: "version" });
      form.append(version);
    }
    version.value = answer.version;
    form.elements.idempotency_key.value = crypto.randomUUID();
  };

  const refused = (problem, status) => {
    stopped = problem.code === "stale_version" || problem.code.endsWith("_illegal_move") || status === 401;
    if (problem.code === "stale_version") return say("stale");
    if (status === 401) return say("signedOut");
    const wrong = problem.errors?.map((error) => error.message) ?? [problem.detail ?? problem.title];
    say("incomplete", wrong[0] ?? "");
  };

  // What went off without an answer is sent again as it was, under its key: the server may have it already.
  const send = async () => {
    const again = lost !== null, body = lost ?? new URLSearchParams(new FormData(form));
    unsaved = again;
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      lost = null;
      if (answer.ok) { keep(told); soon(); return say("saved"); }
      refused(told, answer.status);
    } catch {
      lost = body;
      say("offline");
    }
    unsaved = true;
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  };

  const save = () => {
    clearTimeout(waiting);
    if (saving || stopped || !unsaved || form.dataset.sent) return;
    if (!form.checkValidity()) return say("incomplete");
    saving = send().finally(() => { saving = null; });
  };

  const later = (event) => {
    if (event.target.type === "file") return;
    unsaved = true;
    soon();
  };

  // Who presses a button while a saving is on its way waits for its version.
  const afterSaving = (event) => {
    if (lost) form.elements.idempotency_key.value = crypto.randomUUID();
    if (!saving) return;
    event.preventDefault();
    event.stopPropagation();
    saving.then(() => form.requestSubmit(event.submitter));
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", afterSaving);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  window.addEventListener("beforeunload", (event) => { if (unsaved && !form.dataset.sent) event.preventDefault(); });
})();
