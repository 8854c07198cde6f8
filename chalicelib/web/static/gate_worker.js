// The gate without network: this worker keeps the pages below /gate and their files on the device, and hands them out
// when the network does not. It keeps no answers of the interface; scans that wait are the page's own (gate_away.js).
"use strict";

const KEPT = "atrium.gate ";
const PATIENCE = 4000;
const ANYHOW = { ignoreVary: true }; // what was kept is good whatever a request says besides its address

const cacheOf = (address) => caches.open(KEPT + new URL(address, location.href).pathname);
const keptCaches = async () => (await caches.keys()).filter((name) => name.startsWith(KEPT));
const forgetPages = async () => {
  for (const name of await keptCaches()) {
    const cache = await caches.open(name);
    const pages = (await cache.keys()).filter((request) => !isFile(request.url));
    await Promise.all(pages.map((request) => cache.delete(request, ANYHOW)));
  }
};
const isFile = (address) => new URL(address).pathname.includes("/static/");
const inTime = (promise) => Promise.race([promise, new Promise((_, fail) => setTimeout(fail, PATIENCE, new Error("late")))]);

const keptFile = async (address) => {
  for (const name of await keptCaches()) {
    const found = await (await caches.open(name)).match(address, ANYHOW);
    if (found) return found;
  }
  return undefined;
};
const file = async (request) => await keptFile(request.url) ?? fetch(request);

// A page comes from the network while that answers; a redirection means that nobody is signed in any more.
const page = async (request) => {
  const cache = await cacheOf(request.url);
  try {
    const answer = await inTime(fetch(request));
    if (answer.type === "opaqueredirect") await forgetPages();
    else if (answer.ok) await cache.put(request.url, answer.clone());
    if (answer.status < 500) return answer;
  } catch { /* nothing came: the page that was kept does */ }
  return await cache.match(request.url, ANYHOW) ?? await cache.match(request.url, { ...ANYHOW, ignoreSearch: true }) ?? Response.error();
};

const keep = async ({ page: address, files }) => {
  const cache = await cacheOf(address);
  const wanted = new Set([address, ...files].map((each) => new URL(each, location.href).href));
  for (const request of await cache.keys()) if (isFile(request.url) && !wanted.has(request.url)) await cache.delete(request, ANYHOW);
  await Promise.all([...wanted].map(async (each) => {
    if (await cache.match(each, ANYHOW)) return;
    const answer = await fetch(each, { headers: { Accept: isFile(each) ? "*/*" : "text/html" }, credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(each, answer);
  }));
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data).then(() => event.source.postMessage("kept")));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (isFile(request.url)) event.respondWith(file(request));
});
