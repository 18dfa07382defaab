import type { PromptBridge, SurveyStep } from "@telltale/protocol";
import type { PromptView } from "../prompts.ts";
import { createSurveySession, type SurveyAnswer } from "../session.ts";
import { dressersFor } from "./dressers.ts";
import { drawing, element } from "./element.ts";
import { facesOf, scaleView } from "./scale.ts";
import type { StepContext } from "./step-view.ts";
import { adopt, CHOICE_MS, cardStyles } from "./styles.ts";
import { isDark } from "./theme.ts";

const HOTKEY = "F8";
const CROSS = "M6 6l12 12M18 6L6 18";
const WHY = "M9.5 9.5a2.6 2.6 0 114 2c-1 .6-1.5 1-1.5 2m0 3v.1M12 3a9 9 0 100 18 9 9 0 000-18z";

/** These stay inside, so that the page's shortcuts and "click outside" do not hear of them. */
const PRIVATE_EVENTS = ["keydown", "keyup", "keypress", "pointerdown", "mousedown", "click"];

/** How often a page may throw the card out before it stays out. */
const RETURNS = 5;

/** @returns shows a granted survey as a card in the corner of the page */
export function viewWith(track: PromptBridge["track"]): PromptView {
  return (grant, onClosed, focus) => {
    const session = createSurveySession({ grant, track });
    const { messages, appearance, locale, direction } = session.content;
    const host = document.createElement("telltale-prompt");
    const root = host.attachShadow({ mode: "open" });
    const status = element("div", { role: "status", class: "said" });
    const card = element("section", {
      class: `card ${appearance.position} ${isDark(appearance.theme) ? "dark" : ""}`,
      "aria-label": messages.region,
      lang: locale,
      dir: direction,
      tabindex: -1,
    });
    const leftovers: (() => void)[] = [onClosed];
    let cameFrom: HTMLElement | undefined;
    let isChosen = false;
    let returns = 0;

    const restoreFocus = () => cameFrom?.focus({ preventScroll: true });
    const remove = () => {
      removeEventListener("keydown", onHotkey);
      observer.disconnect();
      if (root.activeElement) restoreFocus();
      host.remove();
      for (const end of leftovers.splice(0)) end();
    };
    const leave = (how: () => void) => {
      how();
      remove();
    };
    const dismiss = () => leave(session.close);

    const enter = () => {
      // On a touch screen the focus in a field would bring up the keyboard, uninvited.
      const first = matchMedia("(pointer:coarse)").matches
        ? null
        : card.querySelector<HTMLElement>(".marks [tabindex='0'],.entry");
      (first ?? card).focus({ preventScroll: true });
    };

    const onHotkey = (event: KeyboardEvent) => {
      if (event.key !== HOTKEY) return;
      event.preventDefault();
      if (root.activeElement) restoreFocus();
      else enter();
    };

    const button = (label: string, onclick: () => void, icon?: string) =>
      element(
        "button",
        { type: "button", onclick, class: icon && "icon", "aria-label": icon && label },
        icon ? drawing(icon) : label,
      );

    const footOf = () => {
      const why = button(
        messages.why,
        async () => (await import("./more.ts")).toggleReason(why, context),
        WHY,
      );
      why.ariaExpanded = "false";
      return element(
        "div",
        { class: "foot" },
        button(messages.later, () => leave(() => session.postpone("later"))),
        button(messages.never, () => leave(() => session.postpone("never"))),
        why,
      );
    };

    const answer = (given: SurveyAnswer) => {
      if (isChosen) return;
      isChosen = true;
      const next = session.answer(given);
      // The answer is recorded already; the pause only lets the eye see it.
      setTimeout(draw, CHOICE_MS, next);
    };

    const context: StepContext = {
      root,
      messages,
      direction,
      questionId: "question",
      answer,
      remove,
    };

    const controlsOf = async (step: SurveyStep | null) =>
      step?.kind === "rating" && step.display === "faces"
        ? scaleView(context, {
            display: "faces",
            marks: facesOf(step.scale, messages),
            ends: [step.lowLabel, step.highLabel],
          })
        : (await import("./more.ts")).controlsOf(step, {
            ...context,
            ...(session.canGoBack && { back: () => draw(session.back()) }),
          });

    const draw = async (step: SurveyStep | null) => {
      const text = step?.prompt ?? messages.thanks;
      const controls = await controlsOf(step).catch(remove);
      if (!controls) return;
      const hadFocus = root.activeElement;
      card.replaceChildren(
        element(
          "div",
          { class: "head" },
          element("p", { id: "question" }, text),
          button(messages.close, dismiss, CROSS),
        ),
        controls,
      );
      isChosen = false;
      status.textContent = text;
      if (hadFocus) enter();
    };

    // Frameworks may replace the body, or all that is in it, at a change of route.
    const observer = new MutationObserver(() => host.isConnected || appear());
    const appear = () => {
      if (returns++ > RETURNS) return;
      document.body.append(host);
      observer.observe(document.body, { childList: true });
    };

    for (const name of PRIVATE_EVENTS) {
      card.addEventListener(name, (event) => {
        event.stopPropagation();
        if ((event as KeyboardEvent).key === "Escape") dismiss();
      });
    }
    card.addEventListener("focusin", ({ relatedTarget: from }) => {
      if (from && !root.contains(from as Node)) cameFrom = from as HTMLElement;
    });
    addEventListener("keydown", onHotkey);

    adopt(root, cardStyles);
    root.append(card, status);
    Promise.all([dressersFor(appearance), draw(session.step)]).then(([dressers]) => {
      if (focus === "leave") card.append(footOf());
      appear();
      for (const dress of dressers) leftovers.push(dress(card, appearance));
      observer.observe(document.documentElement, { childList: true });
      session.shown();
      // A live region speaks only of what changes once it is there.
      setTimeout(() => status.prepend(messages.announcement.replace("{hotkey}", HOTKEY), " "), 99);
      if (focus === "take") enter();
    }, remove);

    return remove;
  };
}
