import type { SurveyRule, SurveyTrigger } from "@telltale/protocol";
import { matchesPath } from "./triggers.ts";

/** Starts watching anew, on a new page; without one, it stops. */
export type RestartWatch = (path?: string) => void;

type Kind = "scroll" | "click" | "exit_intent";
type Trigger<Of extends Kind> = Extract<SurveyTrigger, { kind: Of }>;

/** How far an element is scrolled, in per cent of what there is to scroll. */
function scrolledPercent({ scrollTop, scrollHeight, clientHeight }: Element): number {
  return (scrollTop / (scrollHeight - clientHeight)) * 100;
}

/** Whether somebody clicked what a trigger means; a selector that is none means nothing. */
function isClicked(target: EventTarget | undefined, { selector, text }: Trigger<"click">): boolean {
  try {
    const clicked = (target as Element).closest(selector);
    if (!text) return Boolean(clicked);
    return clicked?.textContent?.replace(/\s+/g, " ").trim() === text;
  } catch {
    return false;
  }
}

/**
 * Watches for the rules that no event announces: time on page, scrolling, clicks and exit intent.
 *
 * @param onDue - called with each rule that became due
 */
export function watchPage(
  rules: readonly SurveyRule[],
  onDue: (rule: SurveyRule) => void,
): RestartWatch {
  let timers: ReturnType<typeof setTimeout>[] = [];
  let here: SurveyRule[] = [];
  let isOver = new Set<SurveyRule>();

  /** Fires the rules of a kind that a test passes, each once a page. */
  const fire = <Of extends Kind>(kind: Of, isDue: (trigger: Trigger<Of>) => boolean) => {
    for (const rule of here) {
      if (rule.trigger.kind !== kind || isOver.has(rule)) continue;
      if (!isDue(rule.trigger as Trigger<Of>)) continue;
      isOver.add(rule);
      onDue(rule);
    }
  };

  const onMouseOut = ({ relatedTarget, clientY }: MouseEvent) => {
    if (!relatedTarget && clientY <= 0) fire("exit_intent", () => true);
  };
  const onScroll = ({ target }: Event) => {
    const scroller = target === document ? document.scrollingElement : (target as Element);
    // Many apps scroll a part of the page; a list in it is not the page.
    if (!scroller || scroller.clientHeight < innerHeight / 2) return;
    fire("scroll", ({ percent }) => scrolledPercent(scroller) >= percent);
  };
  const onClick = (event: Event) => {
    // From inside an open shadow root, as the SDK's features are found.
    const [target] = event.composedPath();
    fire("click", (trigger) => isClicked(target, trigger));
  };

  const listen = (wanted: SurveyRule[]) => {
    for (const timer of timers.splice(0)) clearTimeout(timer);
    document.removeEventListener("mouseout", onMouseOut);
    document.removeEventListener("scroll", onScroll, true);
    document.removeEventListener("click", onClick, true);
    here = wanted;
    isOver = new Set();
    const has = (kind: Kind) => here.some(({ trigger }) => trigger.kind === kind);
    if (has("exit_intent")) document.addEventListener("mouseout", onMouseOut);
    if (has("scroll")) {
      document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    }
    if (has("click")) document.addEventListener("click", onClick, true);
    timers = here.flatMap((rule) =>
      rule.trigger.kind === "time_on_page"
        ? [setTimeout(onDue, rule.trigger.seconds * 1_000, rule)]
        : [],
    );
  };

  return (path) => listen(path ? rules.filter(({ trigger }) => matchesPath(trigger, path)) : []);
}
