import { element } from "./element.ts";
import type { StepContext } from "./step-view.ts";

/** The thanks stay this long unless somebody is looking after them, in milliseconds. */
const THANKS_MS = 4_000;

/** The last words; they go by themselves, but not under the pointer or the focus of somebody. */
export function thanksView({ remove }: StepContext): HTMLElement[] {
  const done = element("div", { hidden: true });
  const closeSoon = () =>
    setTimeout(() => {
      const card = done.closest(".card");
      if (card?.matches(":hover,:has(:focus-visible)") || document.hidden) closeSoon();
      else if (card) remove();
    }, THANKS_MS);
  closeSoon();
  return [done];
}
