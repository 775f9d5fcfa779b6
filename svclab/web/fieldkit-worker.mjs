// Lets one page, the field kit, be loaded again without a network. It answers for no other page
// (its scope is that page's address), keeps what that page has loaded, and asks the network first
// for the page itself, so that a new build is seen. It lies beside the page: a worker can answer
// only for addresses below its own.

const NAME = "svclab-field-kit";
const PATIENCE = 4000; // ms for a network that is there but does not answer

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/** The page names what it has loaded: that is kept, and what it no longer loads is dropped. */
async function keep({ page, files }) {
  const cache = await caches.open(NAME);
  const wanted = new Set([page, ...files]);
  await Promise.all([...wanted].map(async (address) => {
    const got = await fetch(address, { cache: "no-cache" }).catch(() => null);
    if (got?.ok) await cache.put(address, got);
  }));
  const kept = new Set((await cache.keys()).map((request) => request.url));
  for (const address of kept) if (!wanted.has(address)) await cache.delete(address);
  return [...wanted].every((address) => kept.has(address));
}

addEventListener("message", (event) => {
  const { page, files } = event.data ?? {};
  const here = (address) => typeof address === "string" && address.startsWith(`${location.origin}/`);
  if (!here(page) || !Array.isArray(files) || !files.every(here)) return;
  event.waitUntil(keep({ page, files }).catch(() => false).then((fine) => event.ports[0]?.postMessage(fine)));
});

async function fromNetworkFirst(request) {
  const known = await caches.match(request, { cacheName: NAME, ignoreSearch: true });
  if (!known) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, known));
  return Promise.race([fetch(request).catch(() => known), late]);
}

async function fromHereFirst(request) {
  const known = await caches.match(request, { cacheName: NAME });
  return known ?? fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(`${location.origin}/`)) return;
  // Files with their content in the name never change; all others are asked for anew.
  const fixed = /\/_static\/(course|runtime)-[0-9a-f]+\//.test(request.url);
  event.respondWith(fixed ? fromHereFirst(request) : fromNetworkFirst(request));
});
