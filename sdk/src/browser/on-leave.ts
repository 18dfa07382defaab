/**
 * Calls back when the page is about to be hidden, frozen or closed: the last moment that every
 * browser grants. Never `unload` or `beforeunload`, which keep a page out of the back/forward
 * cache.
 */
export function onLeave(callback: () => void): void {
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") callback();
  });
  addEventListener("pagehide", callback);
}

/** Calls back when there is a new chance to reach the network: back in view, or online again. */
export function onReturn(callback: () => void): void {
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") callback();
  });
  addEventListener("online", callback);
  addEventListener("pageshow", (event) => {
    if (event.persisted) callback();
  });
}
