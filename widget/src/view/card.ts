import type { PromptBridge, SurveyStep } from "@telltale/protocol";
import type { PromptView } from "../prompts.ts";
import { createSurveySession, type SurveyAnswer } from "../session.ts";
import { button, element } from "./element.ts";
import { scaleView } from "./scale.ts";
import type { StepContext } from "./step-view.ts";
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

/** The controls of a question; what takes more than a tap on a mark is loaded first. */
async function controlsOf(step: SurveyStep, context: StepContext): Promise<HTMLElement[]> {
  if (/choice|text|link/.test(step.kind)) {
    const part = step.kind === "choice" ? import("./choice.ts") : import("./typed.ts");
    return (await part).controlsOf(step as never, context);
  }
  return scaleView(step as never, context);
}

/** @returns shows a granted survey as a card in the corner of the page */
export function viewWith(track: PromptBridge["track"]): PromptView {
  return (grant, onClosed, { isRequested }) => {
    const session = createSurveySession({ grant, track });
    const { survey: content } = grant;
    const { messages, appearance, locale: lang, direction: dir } = content;
    const host = element("telltale-prompt" as "div", { lang, dir });
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
    let isMoving: boolean | undefined;
    let returns = 0;

    // Who reads without the focus came from nowhere.
    const focus = (target?: HTMLElement) =>
      target ? target.focus({ preventScroll: true }) : (root.activeElement as HTMLElement)?.blur();
    const remove = () => {
      session.leave();
      removeEventListener("keydown", onKey, true);
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
        (more) => more.attend({ root, adopt, content, session, draw, move, remove }),
        () => undefined,
      );
    const onKey = (event: KeyboardEvent) => {
      const isInside = root.activeElement;
      if (event.key === "Escape" && isInside && !event.isComposing) dismiss();
      if (event.key !== HOTKEY) return;
      event.preventDefault();
      focus(isInside ? cameFrom : box);
    };

    const move = (lead: () => void, pauseMs: number) => {
      if (isMoving) return;
      isMoving = true;
      lead();
      setTimeout(
        () =>
          attend()
            .then((more) => more!.showNext())
            .catch(remove),
        pauseMs,
      );
    };
    // The answer is recorded at once; the pause only lets the eye see it.
    const answer = (given: SurveyAnswer) => move(() => session.answer(given), CHOICE_MS);

    const draw = async () => {
      const { step } = session;
      const question = step?.prompt ?? messages.thanks;
      const context = { ...content, root, adopt, question, answer };
      const isOver = !step || step.kind === "thanks";
      const controls = isOver ? [] : await controlsOf(step, context);
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
      isMoving = false;
      return box;
    };

    const footOf = () => {
      const why = button("?", async () => (await attend())?.toggleReason(), {
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
      // On the root: an element that hears clicks is told to screen readers as one to click.
      root.addEventListener(name, (event) => event.stopPropagation());
    }
    card.addEventListener("focusin", ({ relatedTarget: from }) => {
      attend();
      if (from && !root.contains(from as Node)) cameFrom = from as HTMLElement;
    });
    card.onpointerenter = attend;
    addEventListener("keydown", onKey, true);

    adopt(cardStyles);
    root.append(card);
    const { accent } = appearance;
    const page = getComputedStyle(document.body);
    const own =
      page.getPropertyValue("--telltale-accent") +
      page.getPropertyValue("--telltale-background") +
      page.getPropertyValue("--telltale-text");
    const recoloring = accent || own ? import("./contrast.ts") : null;
    Promise.all([recoloring, draw()]).then(([recolor]) => {
      // Taken away before it was there.
      if (!session.step) return;
      appear();
      recolor?.applyColors(card, adopt, accent);
      session.shown();
      if (isRequested) return focus(box);
      box!.append(footOf());
      setTimeout(() => {
        status.textContent = `${messages.announcement.replace("{hotkey}", HOTKEY)} ${content.steps[0]!.prompt}`;
      }, ANNOUNCE_MS);
    }, remove);

    return remove;
  };
}
