import type { PromptBridge, SurveyStep } from "@telltale/protocol";
import type { PromptView } from "../prompts.ts";
import { createSurveySession, type SurveyAnswer } from "../session.ts";
import { button, drawing, element } from "./element.ts";
import { facesOf, scaleView } from "./scale.ts";
import { adopt, CHOICE_MS, cardStyles } from "./styles.ts";
import { isDark } from "./theme.ts";

const HOTKEY = "F8";
const CROSS = "M8 8l8 8m0-8l-8 8";

/** These stay inside, so that the page's shortcuts and "click outside" do not hear of them. */
const PRIVATE_EVENTS = ["keydown", "keyup", "pointerdown", "mousedown", "click"];

/** How often a page may throw the card out before it stays out. */
const RETURNS = 5;

/** A live region speaks only of what changes once it has been there for a moment, in milliseconds. */
const ANNOUNCE_MS = 99;

const loadMore = () => import("./more.ts");
const loadViewOf = (step: SurveyStep | null) =>
  step?.kind === "choice"
    ? import("./choice.ts")
    : /rating|nps|thumbs/.test(step?.kind as string)
      ? import("./marks.ts")
      : loadMore();

/** @returns shows a granted survey as a card in the corner of the page */
export function viewWith(track: PromptBridge["track"]): PromptView {
  return (grant, onClosed, { isRequested }) => {
    const session = createSurveySession({ grant, track });
    const { messages, appearance, locale, direction } = session.content;
    const host = element("telltale-prompt" as "div", { lang: locale, dir: direction });
    const root = host.attachShadow({ mode: "open" });
    const status = element("div", { role: "status" });
    const card = element(
      "section",
      {
        className: `card ${appearance.position} ${isDark(appearance.theme) ? "dark" : ""}`,
        ariaLabel: messages.region,
      },
      status,
    );
    let cameFrom: HTMLElement | undefined;
    let box: HTMLElement | undefined;
    let question = "";
    let isChosen = false;
    let isGone = false;
    let returns = 0;

    const focus = (target?: HTMLElement | null) => target?.focus({ preventScroll: true });
    const remove = () => {
      isGone = true;
      removeEventListener("keydown", onHotkey, true);
      observer.disconnect();
      if (root.activeElement) focus(cameFrom);
      host.remove();
      onClosed();
    };
    const dismiss = () => {
      session.close();
      remove();
    };

    const enter = () => {
      // On a touch screen the focus in a field would bring up the keyboard, uninvited.
      const isTouch = matchMedia("(pointer:coarse)").matches;
      focus((!isTouch && card.querySelector<HTMLElement>(".marks [tabindex='0'],.entry")) || box);
    };

    const onHotkey = (event: KeyboardEvent) => {
      if (event.key !== HOTKEY) return;
      event.preventDefault();
      if (root.activeElement) focus(cameFrom);
      else enter();
    };

    const answer = (given: SurveyAnswer) => {
      if (isChosen) return;
      isChosen = true;
      const next = session.answer(given);
      // The answer is recorded already; the pause only lets the eye see it.
      setTimeout(() => draw(next).catch(remove), CHOICE_MS);
    };

    const shared = { root, appearance, messages, direction, answer, remove };

    const draw = async (step: SurveyStep | null) => {
      question = step?.prompt ?? messages.thanks;
      const context = { ...shared, question };
      const controls =
        step?.kind === "rating" && step.display === "faces" && !session.canGoBack
          ? scaleView(step, context, ["faces", facesOf(step.scale, messages)])
          : await (await loadViewOf(step)).controlsOf(step as never, {
              ...context,
              ...(session.canGoBack && { back: () => draw(session.back()) }),
            });
      const hadFocus = root.activeElement;
      box?.remove();
      // A new box for each step: what was not there before cannot shift.
      box = element(
        "div",
        { className: "box", tabIndex: -1 },
        element("p", {}, question),
        button(drawing(CROSS), dismiss, { className: "close", ariaLabel: messages.close }),
        ...controls,
      );
      card.prepend(box);
      isChosen = false;
      if (returns) status.textContent = question;
      if (hadFocus) enter();
    };

    const footOf = () => {
      const why = button("?", async () => (await loadMore()).toggleReason(why, shared), {
        ariaLabel: messages.why,
        ariaExpanded: "false",
      });
      const ways = (["later", "never"] as const).map((until) =>
        button(messages[until], () => {
          session.postpone(until);
          remove();
        }),
      );
      return element("footer", {}, ...ways, why);
    };

    // Frameworks may replace the body, or all that is in it, at a change of route.
    const observer = new MutationObserver(() => host.isConnected || appear());
    const appear = () => {
      if (returns++ > RETURNS) return remove();
      document.body.append(host);
      for (const parent of [document.body, document.documentElement]) {
        observer.observe(parent, { childList: true });
      }
    };

    for (const name of PRIVATE_EVENTS) {
      card.addEventListener(name, (event) => {
        event.stopPropagation();
        const { key, isComposing } = event as KeyboardEvent;
        if (key === "Escape" && !isComposing) dismiss();
      });
    }
    card.addEventListener("focusin", ({ relatedTarget: from }) => {
      if (from && !root.contains(from as Node)) cameFrom = from as HTMLElement;
    });
    // Somebody turns to it: fetch what comes after the first tap.
    card.onpointerenter = loadMore;
    addEventListener("keydown", onHotkey, true);

    adopt(root, cardStyles);
    root.append(card);
    const { accent } = appearance;
    const token = getComputedStyle(document.body).getPropertyValue("--telltale-accent");
    const recoloring = (accent || token) && import("./contrast.ts");
    Promise.all([recoloring, draw(session.step)]).then(([recolor]) => {
      if (isGone) return;
      if (!isRequested) box?.append(footOf());
      appear();
      if (recolor) recolor.applyAccent(card, accent);
      session.shown();
      setTimeout(() => {
        status.textContent = `${messages.announcement.replace("{hotkey}", HOTKEY)} ${question}`;
      }, ANNOUNCE_MS);
      if (isRequested) enter();
    }, remove);

    return remove;
  };
}
