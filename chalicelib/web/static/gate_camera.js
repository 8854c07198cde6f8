// The camera of the gate's page: says "gate:code" for each QR it sees. Asked for once, then on whenever the page is open.
(() => {
  "use strict";

  const page = document.querySelector(".gate");
  if (!page) return;
  const CAMERA = "atrium.camera", SAME_CODE_AFTER = 4000, LOOK_EVERY = 120;
  const video = page.querySelector("video"), start = page.querySelector("[data-camera]");
  const said = page.querySelector(".gate-camera-said");

  const wanted = () => { try { return localStorage.getItem(CAMERA) === "on"; } catch { return false; } };
  const remember = (state) => { try { localStorage.setItem(CAMERA, state); } catch { /* a private window remembers nothing */ } };

  // A code that stays in the picture is one scan; taken away for a while and shown again, it is another.
  const seen = { code: "", at: 0 };
  const look = async (detector) => {
    if (document.hidden || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const [found] = await detector.detect(video);
    if (!found) return;
    const now = performance.now();
    const again = found.rawValue === seen.code && now - seen.at < SAME_CODE_AFTER;
    Object.assign(seen, { code: found.rawValue, at: now });
    if (!again) document.dispatchEvent(new CustomEvent("gate:code", { detail: found.rawValue }));
  };
  const watch = async (detector) => {
    await look(detector);
    setTimeout(() => watch(detector), LOOK_EVERY);
  };

  const turnOn = async () => {
    start.setAttribute("aria-busy", "true");
    try {
      const [stream, detector] = await Promise.all([atriumScanner.camera(), atriumScanner.detector(page.dataset)]);
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      await watch(detector);
      start.hidden = said.hidden = true;
      remember("on");
    } catch {
      remember("off");
      video.hidden = true;
      said.textContent = document.getElementById("gate-words").dataset.noCamera;
      said.hidden = start.hidden = false;
    } finally {
      start.removeAttribute("aria-busy");
    }
  };

  start.addEventListener("click", turnOn);
  if (wanted()) turnOn();
})();
