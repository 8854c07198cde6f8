// QR codes in the camera's picture or in a photo: seen by the browser's own detector, or by the one that lies here.
(() => {
  "use strict";

  const script = (source) => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("script"), { src: source, onload, onerror }));
  });

  // `detector` and `wasm` are the addresses of what is needed where the browser has no detector of its own.
  const make = async ({ detector: source, wasm }) => {
    const own = await globalThis.BarcodeDetector?.getSupportedFormats?.() ?? [];
    if (own.includes("qr_code")) return new BarcodeDetector({ formats: ["qr_code"] });
    await script(source);
    BarcodeDetectionAPI.setZXingModuleOverrides({ locateFile: () => wasm });
    return new BarcodeDetectionAPI.BarcodeDetector({ formats: ["qr_code"] });
  };

  // Made once for a page; what failed is tried again.
  let made;
  const detector = (place) => made ??= make(place).catch((error) => { made = undefined; throw error; });

  const WISH = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
  const camera = () => navigator.mediaDevices.getUserMedia({ video: WISH });

  globalThis.atriumScanner = { detector, camera };
})();
