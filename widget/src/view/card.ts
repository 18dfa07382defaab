import type { PromptBridge, SurveyStep } from "@telltale/protocol";
import type { PromptView } from "../prompts.ts";
import { createSurveySession, type SurveyAnswer } from "../session.ts";
import { button, element } from "./element.ts";
import { scaleView } from "./scale.ts";
import type { ScaleStep, StepContext } from "./step-view.ts";
import { CHOICE_MS, cardStyles, createAdopt } from "./styles.ts";
import { isDark } from "./theme.ts";

const HOTKEY = "F8";

/** These stay inside, so that the page's shortcuts and "click outside" do not hear of them. */
const PRIVATE_EVENTS = ["keydown", "keyup", "mousedown", "pointerdown", "click"];

/** How often a page may throw the card out before it stays out. */
const RETURNS = 5;

/** A live region speaks only of what changes once it has been there for a moment, in milliseconds. */
const ANNOUNCE_MS = 99;

const loadAttention = () => import("./attend.ts");

/** The controls of a step; what takes more than a tap is loaded first. */
async function viewOf(step: SurveyStep | null, context: StepContext): Promise<HTMLElement[]> {
  const kind = step?.kind ?? "thanks";
  if (/rating|nps|thumbs/.test(kind)) return scaleView(step as ScaleStep, context);
  const part =
    kind === "thanks"
      ? loadAttention()
      : kind === "choice"
        ? import("./choice.ts")
        : import("./typed.ts");
  return (await part).controlsOf(step as never, context);
}

/** @returns shows a granted survey as a card in the corner of the page */
export function viewWith(track: PromptBridge["track"]): PromptView {
  return (grant, onClosed, { isRequested }) => {
    const session = createSurveySession({ grant, track });
    const { survey: content } = grant;
    const { messages, appearance, locale, direction } = content;
    const host = element("telltale-prompt" as "div", { lang: locale, dir: direction });
    const root = host.attachShadow({ mode: "open" });
    const adopt = createAdopt(root);
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
    let question: string;
    let isChosen: boolean | undefined;
    let returns = 0;

    const focus = (target?: HTMLElement) => target?.focus({ preventScroll: true });
    const remove = () => {
      session.leave();
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

    /** Fetches what is needed once somebody turns to it; where that fails, a tap still answers. */
    const attend = () =>
      loadAttention().then(
        (more) => more.attend({ root, adopt, direction, dismiss }),
        () => undefined,
      );
    const onHotkey = (event: KeyboardEvent) => {
      if (event.key !== HOTKEY) return;
      event.preventDefault();
      if (root.activeElement) focus(cameFrom);
      else focus(box);
    };

    const answer = (given: SurveyAnswer) => {
      if (isChosen) return;
      isChosen = true;
      session.answer(given);
      // The answer is recorded already; the pause only lets the eye see it.
      setTimeout(redraw, CHOICE_MS);
    };
    const goToLast = () => {
      if (isChosen) return;
      session.back();
      redraw();
    };
    const redraw = () => draw().catch(remove);

    const draw = async () => {
      const { step } = session;
      question = step?.prompt ?? messages.thanks;
      const back = session.canGoBack ? goToLast : undefined;
      const context = { ...content, root, adopt, step, question, answer, remove, back };
      const controls = await viewOf(step, context);
      const hadFocus = root.activeElement;
      box?.remove();
      // A new box for each step: what was not there before cannot shift.
      box = element(
        "div",
        { className: "box", tabIndex: -1 },
        element("p", {}, question),
        button("×", dismiss, { className: "close", ariaLabel: messages.close }),
        ...controls,
      );
      card.prepend(box);
      isChosen = false;
      if (hadFocus) focus(box);
      if (returns) status.textContent = question;
    };

    const footOf = () => {
      const tell = async () => (await attend())?.toggleReason(why, messages.whyText);
      const why = button("?", tell, {
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
      card.addEventListener(name, (event) => event.stopPropagation());
    }
    card.addEventListener("focusin", ({ relatedTarget: from }) => {
      attend();
      if (from && !root.contains(from as Node)) cameFrom = from as HTMLElement;
    });
    card.onpointerenter = attend;
    addEventListener("keydown", onHotkey, true);

    adopt(cardStyles);
    root.append(card);
    const { accent } = appearance;
    const token = getComputedStyle(document.body).getPropertyValue("--telltale-accent");
    const recoloring = accent || token ? import("./contrast.ts") : null;
    Promise.all([recoloring, draw()]).then(([recolor]) => {
      // Taken away before it was there.
      if (!session.step) return;
      appear();
      recolor?.applyAccent(card, adopt, accent);
      session.shown();
      setTimeout(() => {
        status.textContent = `${messages.announcement.replace("{hotkey}", HOTKEY)} ${question}`;
      }, ANNOUNCE_MS);
      if (isRequested) focus(box);
      else box!.append(footOf());
    }, remove);

    return remove;
  };
}
