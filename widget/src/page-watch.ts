import type { SurveyRule } from "@telltale/protocol";
import { matchesPath } from "./triggers.ts";

/** Fires the rules that no event announces: time on page and exit intent. */
export interface PageWatch {
  /** Starts anew, on a new page. */
  restart(path: string): void;
  stop(): void;
}

/** @param onDue - called with each rule that became due */
export function watchPage(
  rules: readonly SurveyRule[],
  onDue: (rule: SurveyRule) => void,
): PageWatch {
  let timers: ReturnType<typeof setTimeout>[] = [];
  let leaving: SurveyRule[] = [];

  const onMouseOut = (event: MouseEvent) => {
    if (event.relatedTarget || event.clientY > 0) return;
    for (const rule of leaving.splice(0)) onDue(rule);
  };

  const stop = () => {
    for (const timer of timers.splice(0)) clearTimeout(timer);
    leaving = [];
    document.removeEventListener("mouseout", onMouseOut);
  };

  return {
    restart(path) {
      stop();
      const here = rules.filter(({ trigger }) => matchesPath(trigger, path));
      leaving = here.filter(({ trigger }) => trigger.kind === "exit_intent");
      if (leaving.length > 0) document.addEventListener("mouseout", onMouseOut);
      timers = here.flatMap((rule) =>
        rule.trigger.kind === "time_on_page"
          ? [setTimeout(onDue, rule.trigger.seconds * 1_000, rule)]
          : [],
      );
    },
    stop,
  };
}
