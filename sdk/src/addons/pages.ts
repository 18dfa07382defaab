import type { AddOnClient, AnyClient } from "../options.ts";
import { watchEngagement } from "./engagement.ts";

/** Frameworks often write the history twice for one navigation, in milliseconds. */
const SETTLE_MS = 50;

/**
 * Records a page view when a single-page app changes its path or a page comes back from the back/forward cache, and
 * engaged time. It listens to the Navigation API where the browser has it, else to a patched `history`.
 *
 * @returns undoes everything
 */
export function start(client: Pick<AnyClient, "page" | "track">): () => void {
  let path = location.pathname;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (location.pathname === path) return;
      path = location.pathname;
      client.page();
    }, SETTLE_MS);
  };
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) client.page();
  };
  addEventListener("popstate", look);
  addEventListener("pageshow", onShow);
  const { navigation } = window as { navigation?: EventTarget };
  const undo = navigation ? listen(navigation, look) : patchHistory(look);
  const stopEngagement = watchEngagement(client as Pick<AddOnClient, "track">);
  return () => {
    stopEngagement();
    clearTimeout(timer);
    removeEventListener("popstate", look);
    removeEventListener("pageshow", onShow);
    undo();
  };
}

function listen(navigation: EventTarget, look: () => void): () => void {
  navigation.addEventListener("currententrychange", look);
  return () => navigation.removeEventListener("currententrychange", look);
}

/** Wraps the two writers of `history`; the undo leaves a wrapper that others put on top alone. */
function patchHistory(look: () => void): () => void {
  let isOn = true;
  const undos = (["pushState", "replaceState"] as const).map((name) => {
    const original = history[name];
    const wrapper: typeof original = function (this: History, ...input) {
      original.apply(this, input);
      if (isOn) look();
    };
    history[name] = wrapper;
    return () => {
      if (history[name] === wrapper) history[name] = original;
    };
  });
  return () => {
    isOn = false;
    for (const undo of undos) undo();
  };
}
