// Files: chosen, dropped or photographed, announced to Atrium, and brought straight to the bucket, one after the other.
(() => {
  "use strict";

  const MB = 1024 * 1024;
  let pending = 0, queue = Promise.resolve();

  const sizeOf = (bytes) => (bytes < MB ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MB).toFixed(1)} MB`);
  const list = (box) => box.querySelector("[data-upload-list]");
  const say = (box, text) => { box.querySelector("[data-upload-status]").textContent = text; };

  const showError = (place, text) => {
    place.querySelector("span").textContent = text;
    place.hidden = !text;
  };

  const complain = (box, text) => showError(box.querySelector("[data-upload-error]"), text);

  // Names carry the file's number (values.receipts.0).
  const renumber = (box) => {
    [...list(box).children].forEach((item, number) => {
      const name = `${box.dataset.uploadName}.${number}`;
      item.querySelector("input[type=hidden]").name = name;
      item.id = `f-${name.replaceAll(".", "-")}`;
    });
  };

  const place = (box, file) => {
    const item = box.querySelector("template").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-file-name]").textContent = file.name;
    item.querySelector("[data-file-size]").textContent = sizeOf(file.size);
    list(box).append(item);
    renumber(box);
    return item;
  };

  const announce = async (box, file) => {
    const key = [...crypto.getRandomValues(new Uint32Array(4))].join("-");
    const answer = await fetch(box.dataset.upload, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": box.closest("form").elements.csrf.value, "Idempotency-Key": key },
      body: JSON.stringify({ name: file.name, content_type: file.type, size: file.size, purpose: box.dataset.purpose }),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.errors?.[0]?.message ?? said.title);
    return said;
  };

  // fetch tells nothing of how far it is, so the file goes by XMLHttpRequest.
  const bring = (box, file, said, progress) => new Promise((done, failed) => {
    const form = new FormData(), request = new XMLHttpRequest();
    for (const [name, value] of Object.entries(said.fields)) form.append(name, value);
    form.append("file", file);
    request.upload.onprogress = (event) => { progress.value = event.lengthComputable ? (100 * event.loaded) / event.total : 50; };
    request.onload = () => (request.status < 300 ? done() : failed(new Error(box.dataset.failed)));
    request.onerror = request.ontimeout = () => failed(new Error(box.dataset.failed));
    request.open("POST", said.url);
    request.send(form);
  });

  const upload = async (box, file, item) => {
    const progress = item.querySelector("progress");
    try {
      const said = await announce(box, file);
      await bring(box, file, said, progress);
      const input = item.querySelector("input[type=hidden]");
      input.value = said.id;
      input.disabled = false;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      item.querySelector("[data-file-name]").textContent = said.name;
      say(box, `${box.dataset.uploaded}: ${said.name}`);
    } catch (error) {
      item.classList.add("field-wrong");
      showError(item.querySelector(".field-error"), error instanceof TypeError ? box.dataset.failed : error.message);
    } finally {
      progress.remove();
      pending -= 1;
    }
  };

  const add = (box, files) => {
    complain(box, "");
    for (const file of files) {
      if (list(box).children.length >= Number(box.dataset.most)) return complain(box, box.dataset.tooMany);
      if (file.size > Number(box.dataset.size)) { complain(box, `${file.name}: ${box.dataset.tooLarge}`); continue; }
      const item = place(box, file);
      pending += 1;
      say(box, `${box.dataset.uploading}: ${file.name}`);
      queue = queue.then(() => upload(box, file, item));
    }
  };

  const remove = (box, item) => {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    say(box, `${box.dataset.removed}: ${item.querySelector("[data-file-name]").textContent}`);
    item.remove();
    renumber(box);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    complain(box, "");
    (next?.querySelector("[data-file-remove]") ?? box.querySelector("input[type=file]")).focus();
  };

  // A file that is dropped beside the place for it must not take the page away.
  const onDrag = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    const over = event.target.closest?.("[data-upload-drop]");
    for (const each of document.querySelectorAll("[data-upload-drop]")) each.toggleAttribute("data-over", each === over && event.type === "dragover");
    if (event.type === "drop" && over) add(over.closest("[data-upload]"), event.dataTransfer.files);
  };

  for (const type of ["dragover", "dragleave", "drop"]) document.addEventListener(type, onDrag);
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-upload]");
    if (!box || event.target.type !== "file") return;
    add(box, [...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-file-remove]");
    if (button) remove(button.closest("[data-upload]"), button.closest(".file"));
  });
  // Before the form is sent: everything has to be there.
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-upload]");
    if (!box || !pending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    complain(box, box.dataset.waiting);
  }, true);
})();
