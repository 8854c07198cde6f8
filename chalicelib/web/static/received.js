// The form of a received invoice: its code is scanned or found in the photo, what the invoice says is filled in, and
// what is stated otherwise is told beside the field.
(() => {
  "use strict";

  const form = document.querySelector("[data-received]");
  if (!form) return;
  const FIELDS = ["type", "code", "number", "seller", "seller_tax_id", "buyer", "buyer_tax_id", "day", "currency", "total", "tax", "net"];
  const LOOK_EVERY = 150;
  const said = form.querySelector("[data-said]"), video = form.querySelector("video");
  const box = form.querySelector(".received-camera"), start = form.querySelector("[data-scan]");

  const say = (text, tone = "") => {
    said.textContent = text;
    said.dataset.tone = tone;
    said.hidden = !text;
  };

  // What one typed stays; what was read before, or stood there from the start, gives way.
  const untouched = (input) => !input.value || input.value === input.dataset.filled || (input.name === "currency" && !input.dataset.typed);
  const plain = (text) => text.toLowerCase().replaceAll(/\s/g, "").replace(/^(\d+)\.(\d*?)0+$/, "$1.$2").replace(/\.$/, "");
  const shown = (input, text) => [...(input.options ?? [])].find((option) => option.value === text)?.text ?? text;

  const compare = (input) => {
    const read = input.dataset.read ?? "", wrong = read && input.value && plain(read) !== plain(input.value);
    let note = input.parentElement.querySelector(".received-note");
    if (!note && wrong) {
      note = Object.assign(document.createElement("p"), { className: "received-note", role: "status" });
      input.after(note);
    }
    if (note) note.textContent = wrong ? form.dataset.differs.replace("{}", shown(input, read)) : "";
  };

  const fill = (values) => {
    for (const name of FIELDS) {
      const input = form.elements[name], text = values[name] ?? "";
      if (text && untouched(input)) {
        input.value = input.dataset.filled = text;
      }
      input.dataset.read = text;
      compare(input);
    }
  };

  let latest = 0;
  const read = async () => {
    const file = form.querySelector("[name^='file.']:not(:disabled)")?.value, qr = form.elements.qr.value.trim();
    const turn = ++latest;
    if (!file && !qr) { fill({}); return say(""); }
    say(form.dataset.reading);
    try {
      const answer = await fetch(form.dataset.read, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "Accept-Language": document.documentElement.lang, "X-CSRF-Token": form.elements.csrf.value },
        body: JSON.stringify({ file: file ? [file] : [], qr }),
      });
      const told = await answer.json();
      if (turn !== latest) return;
      if (!answer.ok) return say(told.errors?.[0]?.message ?? told.title, "bad");
      fill(told.values);
      say(...(Object.keys(told.values).length ? [form.dataset.done, "good"] : [form.dataset.nothing]));
    } catch {
      if (turn === latest) say(form.dataset.nothing);
    }
  };

  const found = (text) => {
    form.elements.qr.value = text;
    read();
  };

  const stop = () => {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    box.hidden = true;
    start.hidden = false;
  };

  const watch = async (detector) => {
    if (!video.srcObject) return;
    const [code] = video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA ? [] : await detector.detect(video);
    if (code) { stop(); return found(code.rawValue); }
    setTimeout(() => watch(detector), LOOK_EVERY);
  };

  const scan = async () => {
    start.setAttribute("aria-busy", "true");
    try {
      const [stream, detector] = await Promise.all([atriumScanner.camera(), atriumScanner.detector(form.dataset)]);
      video.srcObject = stream;
      box.hidden = false;
      start.hidden = true;
      await video.play();
      await watch(detector);
    } catch {
      stop();
      say(form.dataset.noCamera, "bad");
    } finally {
      start.removeAttribute("aria-busy");
    }
  };

  // A photo often has the code in it; where it has none, nothing is said of it.
  const look = async (file) => {
    if (!file?.type.startsWith("image/") || form.elements.qr.value) return;
    try {
      const [picture, detector] = await Promise.all([createImageBitmap(file), atriumScanner.detector(form.dataset)]);
      const [code] = await detector.detect(picture);
      if (code?.rawValue.startsWith("01,")) found(code.rawValue);
    } catch { /* a picture that this browser cannot draw */ }
  };

  start.addEventListener("click", scan);
  form.querySelector("[data-scan-stop]").addEventListener("click", stop);
  form.elements.qr.addEventListener("change", read);
  form.addEventListener("keydown", (event) => { // a hand scanner ends with Enter
    if (event.key !== "Enter" || event.target !== form.elements.qr) return;
    event.preventDefault();
    read();
  });
  form.addEventListener("change", (event) => { if (event.target.type === "file") look(event.target.files[0]); }, true);
  form.addEventListener("input", (event) => {
    if (event.target.name?.startsWith("file.") || event.target.matches("[data-upload]")) return void read();
    if (!FIELDS.includes(event.target.name)) return;
    event.target.dataset.typed = "true";
    compare(event.target);
  });
})();
