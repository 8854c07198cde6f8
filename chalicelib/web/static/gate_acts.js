// What may follow a scan: taking back a mistake, handing out a badge, taking it back.
(() => {
  "use strict";

  const { page, words, element, button, line, who, show, post, busily, refused, acts } = globalThis.gate ?? {};
  if (!page) return;

  // Something that needs the network: its answer, or the word that there is none.
  const ask = async (address, body, then) => {
    const result = await busily(() => post(address, body));
    if (result?.status < 300) return then(result.body);
    if (result) return refused(result);
    return show("refused", [line(words.needsNetwork)], [button(words.retry, () => ask(address, body, then))]);
  };

  // Badges: the number is typed or scanned; the one that a visitor has is remembered by the server, not by the page.
  const badge = (action, number, answer) => ask(page.dataset.badges,
    { action, number, gate: page.dataset.gate, ...action === "issue" && answer.passage },
    () => show(action === "issue" ? "badge_out" : "badge_back", [who(answer.visitor), line(number)]));
  const askNumber = (action, answer) => {
    const field = element("input", { className: "form-control gate-badge", maxLength: 20, autocomplete: "off", ariaLabel: words.badge });
    const given = () => { if (/^[A-Za-z0-9-]{1,20}$/.test(field.value.trim())) badge(action, field.value.trim(), answer); };
    field.addEventListener("keydown", (event) => { event.stopPropagation(); if (event.key === "Enter") given(); });
    show("badge", [who(answer.visitor), field], [button(action === "issue" ? words.badgeIssue : words.badgeBack, given)]);
    field.focus();
  };
  acts.push((answer) => {
    if (answer.result === "checked_in") return [button(words.badgeIssue, () => askNumber("issue", answer))];
    return answer.result === "checked_out" ? [button(words.badgeBack, () => askNumber("return", answer))] : [];
  });

  const undo = (answer, reason) => ask(page.dataset.acts, { action: "undo", gate: page.dataset.gate, reason, ...answer.passage },
    () => {
      show("undone", [who(answer.visitor)]);
      document.dispatchEvent(new Event("gate:passed"));
    });
  const askWhy = (answer) => show("undo", [who(answer.visitor)],
    words.undoReasons.split("|").map((reason) => button(reason, () => undo(answer, reason))));
  acts.push((answer) => answer.passage ? [button(words.undo, () => askWhy(answer), "gate-act gate-act-quiet")] : []);
})();
