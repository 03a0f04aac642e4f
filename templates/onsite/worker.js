// Answers for the page of visits without a network. It keeps the page and what the page needs, and nobody's data.
const NAME = "onsite-{{ version }}", SHELL = {{ shell|safe }}, KEPT = {{ kept|safe }};

async function keep() {
  const cache = await caches.open(NAME);
  const page = await fetch(SHELL, { cache: "reload" });
  if (!page.ok || page.redirected) throw new Error("signed out");
  await cache.put(SHELL, page);
  await cache.addAll(KEPT.map((address) => new Request(address, { cache: "reload" })));
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith("onsite-") && name !== NAME) await caches.delete(name);
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname !== SHELL && !KEPT.includes(pathname)) return;
  const kept = caches.open(NAME).then((cache) => cache.match(pathname));
  event.respondWith(kept.then((found) => found ?? fetch(event.request)));
});
