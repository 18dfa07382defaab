import type { SurveyStep } from "@telltale/protocol";
import type { SurveyAnswer, SurveySession } from "../session.ts";
import { drawing, element } from "./element.ts";
import { type ScaleStep, scaleView } from "./scale.ts";
import type { StepContext, StepOf } from "./step-view.ts";
import { CHOICE_MS, widgetStyles } from "./styles.ts";
import { isDark } from "./theme.ts";

/** The thanks stay this long unless somebody is looking after them, in milliseconds. */
const THANKS_MS = 4_000;
const HOTKEY = "F8";
const CROSS = "M6 6l12 12M18 6L6 18";
const CHECK = "M4 12.5l5.5 5.5L20 7";

/** These stay inside, so that the page's shortcuts and "click outside" do not hear of them. */
const PRIVATE_EVENTS = ["keydown", "keyup", "keypress", "pointerdown", "mousedown", "click"];

async function controlsOf(context: StepContext): Promise<HTMLElement> {
  const { kind } = context.step;
  if (kind === "text") {
    return (await import("./text.ts")).textView(context as StepContext<StepOf<"text">>);
  }
  return scaleView(context as StepContext<ScaleStep>);
}

/**
 * Shows a session in the corner of the page.
 *
 * @param onClosed - called once it is gone
 * @param focus - `take` only when the person opened it; a prompt that comes by itself stays aside
 * @returns takes it down without a word, for instance at logout
 */
export function renderPrompt(
  session: SurveySession,
  onClosed: () => void,
  focus: "take" | "leave",
): () => void {
  const { content } = session;
  const { messages, appearance } = content;
  const host = document.createElement("telltale-prompt");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [widgetStyles()];
  const status = element("div", { role: "status", class: "said" });
  const card = element("section", {
    class: `card ${appearance.position}`,
    "aria-label": messages.region,
    lang: content.locale,
    dir: content.direction,
    tabindex: -1,
  });
  card.classList.toggle("dark", isDark(appearance.theme));
  let cameFrom: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isChosen = false;

  const remove = () => {
    const hadFocus = root.activeElement;
    clearTimeout(timer);
    removeEventListener("keydown", onHotkey);
    host.remove();
    if (hadFocus) (cameFrom as HTMLElement | null)?.focus?.({ preventScroll: true });
    onClosed();
  };

  const leave = (how: () => void) => () => {
    how();
    remove();
  };

  const enter = () => {
    const first = card.querySelector<HTMLElement>("[tabindex='0'],textarea,input,.send");
    (first ?? card).focus({ preventScroll: true });
  };

  const onHotkey = (event: KeyboardEvent) => {
    if (event.key !== HOTKEY || event.defaultPrevented) return;
    event.preventDefault();
    if (root.activeElement) (cameFrom as HTMLElement | null)?.focus?.();
    else enter();
  };

  const headOf = (question: Node) =>
    element(
      "div",
      { class: "head" },
      question,
      element(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": messages.close,
          onclick: leave(session.close),
        },
        drawing(CROSS),
      ),
    );

  const footOf = () => {
    const button = (label: string, onclick: () => void, more = {}) =>
      element("button", { type: "button", onclick, ...more }, label);
    const reason = element("p", { class: "why", hidden: true, id: "why" }, messages.whyText);
    const why = button(
      messages.why,
      () => {
        reason.hidden = !reason.hidden;
        why.setAttribute("aria-expanded", String(!reason.hidden));
      },
      { "aria-expanded": "false", "aria-controls": "why" },
    );
    const foot = element(
      "div",
      { class: "foot" },
      button(
        messages.later,
        leave(() => session.postpone("later")),
      ),
      button(
        messages.never,
        leave(() => session.postpone("never")),
      ),
      why,
    );
    return element("div", {}, foot, reason);
  };

  const closeSoon = () => {
    timer = setTimeout(() => {
      if (card.matches(":hover,:focus-visible,:has(:focus-visible)") || document.hidden)
        closeSoon();
      else remove();
    }, THANKS_MS);
  };

  const drawThanks = (text: string) => {
    const sentence = element("p", { class: "q" }, text);
    card.replaceChildren(headOf(element("div", { class: "q done" }, drawing(CHECK), sentence)));
    status.textContent = text;
    closeSoon();
  };

  const draw = async (step: SurveyStep | null) => {
    const hadFocus = root.activeElement;
    if (!step || step.kind === "thanks") {
      drawThanks(step?.prompt ?? messages.thanks);
    } else {
      const context = {
        step,
        messages,
        direction: content.direction,
        questionId: "question",
        answer,
      };
      const controls = await controlsOf(context);
      const parts = [headOf(element("p", { class: "q", id: "question" }, step.prompt)), controls];
      if (step === content.steps[0] && focus === "leave") parts.push(footOf());
      card.replaceChildren(...parts);
      isChosen = false;
      if (host.isConnected) status.textContent = step.prompt;
    }
    if (hadFocus) enter();
  };

  const answer = (given: SurveyAnswer) => {
    if (isChosen) return;
    isChosen = true;
    const next = session.answer(given);
    // The choice is recorded already; the pause only lets the eye see it.
    timer = setTimeout(() => draw(next).catch(leave(session.close)), CHOICE_MS);
  };

  for (const name of PRIVATE_EVENTS)
    card.addEventListener(name, (event) => event.stopPropagation());
  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(session.close)();
  });
  card.addEventListener("focusin", (event) => {
    if (!root.contains(event.relatedTarget as Node | null))
      cameFrom ??= event.relatedTarget as Element;
  });
  addEventListener("keydown", onHotkey);

  draw(session.step).then(() => {
    root.append(card, status);
    document.body.append(host);
    session.shown();
    // A live region speaks only of what changes after it is there.
    setTimeout(() => {
      status.textContent = `${messages.announcement.replace("{hotkey}", HOTKEY)} ${session.step?.prompt ?? ""}`;
    }, 100);
    if (focus === "take") enter();
  }, leave(session.close));

  return remove;
}
