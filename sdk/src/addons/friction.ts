import { RESERVED_EVENTS } from "@telltale/protocol";
import type { AnyClient, Client } from "../options.ts";

/** So many clicks near one place make a rage click. */
const RAGE_CLICKS = 3;
/** Within this long, in milliseconds. */
const RAGE_MS = 1_000;
/** And within this distance, in CSS pixels. */
const RAGE_DISTANCE_PX = 30;
/** A click that changed nothing for so long was dead, in milliseconds. */
const DEAD_MS = 2_500;
/** What a person expects to answer to a click. */
const CLICKABLE = "a,button,summary,[role=button],[role=link],[role=tab],[role=menuitem]";

/**
 * Records what gets in a person's way: clicks in rage, clicks that do nothing, and uncaught
 * errors. No text of the page is read; an element is named by its tag, id and feature.
 */
export function start(client: Pick<AnyClient, "track">): void {
  const record = (kind: string, facts: { [fact: string]: string }) =>
    (client as Pick<Client, "track">).track(RESERVED_EVENTS.friction, { kind, ...facts });
  let clicks: MouseEvent[] = [];

  addEventListener(
    "click",
    (click) => {
      const target = click.composedPath()[0];
      if (!(target instanceof Element)) return;
      clicks = clicks.filter(
        (other) =>
          click.timeStamp - other.timeStamp < RAGE_MS &&
          Math.hypot(other.clientX - click.clientX, other.clientY - click.clientY) <
            RAGE_DISTANCE_PX,
      );
      if (clicks.push(click) === RAGE_CLICKS) record("rage_click", describe(target));
      const clickable = target.closest(CLICKABLE);
      if (clickable) watchForEffect(() => record("dead_click", describe(clickable)));
    },
    true,
  );
  addEventListener("error", ({ message }) => {
    if (message) record("error", { message: message.slice(0, 200) });
  });
  addEventListener("unhandledrejection", ({ reason }) =>
    record("error", { message: String(reason?.message ?? reason).slice(0, 200) }),
  );
}

function describe(element: Element): { [fact: string]: string } {
  const feature = element.closest("[data-telltale-feature]")?.getAttribute("data-telltale-feature");
  const id = element.id && `#${element.id}`;
  return { target: element.localName + id, ...(feature && { feature }) };
}

/** Calls back unless the page changes, scrolls, navigates or is left in time. */
function watchForEffect(onNothing: () => void): void {
  const effects = ["scroll", "popstate", "hashchange", "pagehide", "blur"];
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const effect of effects) removeEventListener(effect, stop, true);
  };
  const observer = new MutationObserver(stop);
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  for (const effect of effects) addEventListener(effect, stop, true);
  const timer = setTimeout(() => {
    stop();
    onNothing();
  }, DEAD_MS);
}
