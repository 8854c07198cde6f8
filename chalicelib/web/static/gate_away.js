// The gate without network: codes are checked by their signature, passages wait on the device with their own time and
// are sent once each, in their order. What cannot be sent is told to the guard and kept until they have seen it.
(() => {
  "use strict";

  const { page, words, element, button, line, show, who, scan, post } = globalThis.gate ?? {};
  if (!page) return;
  const TRY_EVERY = 10000;
  const CODE = /(?:^|\/i\/)([\w-]{132})$/, SIGNED = 35, CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: page.dataset.timeZone,
  });

  // Codes: version, visit, visitor's number, from and until (minutes), mark, then the signature (domain/invitations)
  const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  const ulid = (bytes) => {
    let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n), text = "";
    for (let left = 26; left > 0; left -= 1, number >>= 5n) text = CROCKFORD[Number(number & 31n)] + text;
    return text;
  };
  const read = (text) => {
    const found = CODE.exec(text.normalize("NFKC").replace(/\s/g, ""));
    if (!found) return null;
    const bytes = bytesOf(found[1]), view = new DataView(bytes.buffer);
    return {
      bytes, version: bytes[0], visit: ulid(bytes.subarray(1, 17)), no: view.getUint16(17),
      from: view.getUint32(19) * 60000, until: view.getUint32(23) * 60000,
    };
  };
  const key = bytesOf(page.dataset.key);
  const own = crypto.subtle?.importKey("raw", key, "Ed25519", false, ["verify"]).catch(() => null); // older browsers have none
  const verified = async (signature, body) => {
    const made = await own;
    if (made) return crypto.subtle.verify("Ed25519", made, signature, body);
    const { verifyAsync } = await import(page.dataset.ed25519);
    return verifyAsync(signature, body, key, { zip215: false });
  };
  const standing = async (code) => {
    const { bytes, version, from, until } = code;
    if (version !== 1 || !await verified(bytes.slice(SIGNED), bytes.slice(0, SIGNED))) return "unknown";
    if (Date.now() < from) return "too_early";
    return Date.now() > until ? "expired" : "genuine";
  };

  // What waits: written to the disk before the guard is told that it is
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open("atrium.gate", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("scans", { keyPath: "id", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const inStore = async (mode, act) => {
    const transaction = (await opened).transaction("scans", mode, { durability: "strict" });
    const request = act(transaction.objectStore("scans"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };
  const everything = () => inStore("readonly", (store) => store.getAll());
  const keep = (entry) => inStore("readwrite", (store) => store.put(entry));
  const drop = (id) => inStore("readwrite", (store) => store.delete(id));

  // One scan decided on the device. Nobody's name is in a code: a name is shown where a list says it.
  const whom = async (asked) => {
    const code = read(asked.code);
    if (!code) {
      const row = globalThis.gate.rowOf((each) => each.reservation === asked.code);
      return { row, stands: row ? "genuine" : "unchecked", visitor: `${row?.visit}-${row?.no}` };
    }
    const row = globalThis.gate.rowOf((each) => each.visit === code.visit && each.no === code.no);
    return { row, code, stands: await standing(code), visitor: `${code.visit}-${code.no}` };
  };
  const isInside = (row, visitor, held) => {
    const last = held.findLast((each) => each.state === "waiting" && each.visitor === visitor);
    return last ? last.asked.direction === "in" : row?.status === "inside";
  };
  const take = async (asked) => {
    const { row, code, stands, visitor } = await whom(asked);
    if (stands === "unchecked") return false;
    const from = code && clock.format(code.from), until = code && clock.format(code.until);
    const days = code && line(words.awayDays.replace("{from}", from).replace("{until}", until));
    const refusal = { too_early: [days], expired: [days], unknown: [line(words.awayUnknown)] }[stands];
    if (refusal) return show(stands, [who(row), ...refusal]) ?? true;
    const inside = isInside(row, visitor, await everything());
    const out = asked.direction === "out";
    if (inside && !out) {
      const leave = button(words.checkOut, () => scan(asked.code, { direction: "out" }));
      return show("already_in", [who(row), line(words.awayInside)], [leave]) ?? true;
    }
    await keep({ asked: { ...asked, at: new Date().toISOString() }, visitor, name: row?.name ?? "", state: "waiting" });
    await tell();
    show(out ? "away_out" : "away_in", [who(row), line(words.awayKept), days, !row && line(words.awayNobody)]);
    return true;
  };

  // Sending: one page of the device at a time, the oldest first, until nothing comes back
  const ANSWERED = new Set(["checked_in", "checked_out"]);
  const settle = async (entry, { status, body }) => {
    if (status === 200 && ANSWERED.has(body.result)) return drop(entry.id);
    const said = status === 200 ? body.message : [body.title, ...(body.errors ?? []).map((each) => each.message)].join(" ");
    const name = body.visitor?.name ?? entry.name;
    return keep({ ...entry, name, said, state: status === 200 ? "conflict" : "refused" });
  };
  const LATER = new Set([401, 403, 409, 429]);
  let signedOut = false;
  const send = async () => {
    for (const entry of (await everything()).filter((each) => each.state === "waiting")) {
      const result = await post(page.dataset.scans, entry.asked);
      signedOut = result?.status === 401 || result?.status === 403;
      if (!result || LATER.has(result.status)) return signedOut; // whoever has to sign in is told so by their next scan
      await settle(entry, result);
      document.dispatchEvent(new Event("gate:passed"));
    }
    return true;
  };
  const empty = async () => {
    const waits = (await everything()).some((each) => each.state === "waiting");
    const sent = waits ? await navigator.locks.request("atrium.gate", send) : true;
    await tell();
    return sent;
  };

  // What is so, said honestly: whether the network is there, how much waits, what reception has to look at
  const bar = page.querySelector("[data-away]");
  let online = navigator.onLine;
  const problem = (entry) => element("li", {},
    element("b", {}, entry.name || entry.asked.code.slice(-16)), ` ${clock.format(new Date(entry.asked.at))} `, element("span", {}, entry.said),
    button(words.seen, () => drop(entry.id).then(tell), "btn-quiet"));
  const tell = async () => {
    const held = await everything();
    const count = held.filter((each) => each.state === "waiting").length;
    const wrong = held.filter((each) => each.state !== "waiting");
    const text = online ? count ? words.awaySending : "" : count ? words.awayWaiting : words.awayNow;
    bar.querySelector("[data-said]").textContent = (signedOut ? words.awayStuck : text).replace("{count}", count);
    bar.querySelector("[data-wrong]").textContent = wrong.length ? words.awayConflicts.replace("{count}", wrong.length) : "";
    bar.querySelector("ul").replaceChildren(...wrong.map(problem));
    bar.dataset.state = online ? "there" : "away";
    bar.hidden = !text && !signedOut && !wrong.length;
  };
  const noticed = async (there) => {
    const came = there && !online;
    online = there;
    await tell();
    if (came) await empty();
  };

  document.addEventListener("gate:network", (event) => noticed(event.detail));
  addEventListener("online", empty);
  addEventListener("offline", () => noticed(false));
  setInterval(empty, TRY_EVERY);
  navigator.storage?.persist?.();
  // A device that lets nothing be stored keeps nothing: then nothing is said to be kept.
  globalThis.gate.without({ take: (asked) => take(asked).catch(() => false), empty: () => empty().catch(() => true) });
  empty();
})();
