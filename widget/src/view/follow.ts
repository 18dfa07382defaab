import type { SurveyStep } from "@telltale/protocol";
import type { AttendedCard } from "./attend.ts";
import { button, element } from "./element.ts";
import { placeOf } from "./marks.ts";

/** The thanks stay this long unless somebody is looking after them, in milliseconds. */
const THANKS_MS = 4_000;

/** The last words go by themselves, but not under the pointer or the focus of somebody. */
function closeSoon(card: AttendedCard): void {
  setTimeout(() => {
    const { root, remove } = card;
    const isWatched = root.querySelector(".card:is(:hover,:has(:focus-visible))");
    if (isWatched || document.hidden) closeSoon(card);
    else if (root.host.isConnected) remove();
  }, THANKS_MS);
}

/** How far somebody is; after an answer only, because a first question need not say how many follow. */
function progressOf({ session, content }: AttendedCard): HTMLElement {
  const { steps, messages } = content;
  const questions = steps.filter(({ kind }) => kind !== "thanks");
  const at = questions.indexOf(session.step as SurveyStep) + 1;
  return element("span", { className: "progress" }, placeOf(at, questions.length, messages));
}

/** Shows the step that an answer, or the way back, led to. */
export async function showNext(card: AttendedCard): Promise<void> {
  const { session, root, content, draw, move } = card;
  const hadFocus = root.activeElement;
  const box = await draw();
  if (session.canGoBack) {
    const back = button(content.messages.back, () => move(() => session.back(), 0), {
      className: "back",
    });
    const send = box.querySelector(".send");
    box.append(
      element("div", { className: "ways" }, back, progressOf(card), ...(send ? [send] : [])),
    );
  } else if ((session.step?.kind ?? "thanks") === "thanks") closeSoon(card);
  if (hadFocus) box.focus({ preventScroll: true });
  const status = root.querySelector("[role=status]");
  // Though a focus that is led on may say it too: Orca passes over one that comes as the old box goes.
  if (status) status.textContent = box.querySelector("p")!.textContent;
}
