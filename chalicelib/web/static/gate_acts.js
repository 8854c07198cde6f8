// What may follow a scan: taking back a mistake.
(() => {
  "use strict";

  const { page, words, button, line, who, show, post, busily, refused, acts } = globalThis.gate ?? {};
  if (!page) return;

  // Something that needs the network: its answer, or the word that there is none.
  const ask = async (address, body, then) => {
    const result = await busily(() => post(address, body));
    if (result?.status < 300) return then(result.body);
    if (result) return refused(result);
    return show("refused", [line(words.needsNetwork)], [button(words.retry, () => ask(address, body, then))]);
  };

  const undo = (answer, reason) => ask(page.dataset.acts, { action: "undo", gate: page.dataset.gate, reason, ...answer.passage },
    () => {
      show("undone", [who(answer.visitor)]);
      document.dispatchEvent(new Event("gate:passed"));
    });
  const askWhy = (answer) => show("undo", [who(answer.visitor)],
    words.undoReasons.split("|").map((reason) => button(reason, () => undo(answer, reason))));
  acts.push((answer) => answer.passage ? [button(words.undo, () => askWhy(answer), "gate-act gate-act-quiet")] : []);
})();
