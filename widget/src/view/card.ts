import type { PromptBridge, SurveyStep } from "@telltale/protocol";
import type { PromptView } from "../prompts.ts";
import { createSurveySession, type SurveyAnswer } from "../session.ts";
import { drawing, element } from "./element.ts";
import { isScale, scaleView } from "./scale.ts";
import { adopt, CHOICE_MS, cardStyles } from "./styles.ts";
import { isDark } from "./theme.ts";

const HOTKEY = "F8";
const CROSS = "M6 6l12 12M18 6L6 18";
const WHY = "M9.2 9.3a2.8 2.8 0 114 2.5c-.8.4-1.2 1-1.2 2m0 3v.1M12 3a9 9 0 100 18 9 9 0 000-18z";

/** These stay inside, so that the page's shortcuts and "click outside" do not hear of them. */
const PRIVATE_EVENTS = ["keydown", "keyup", "keypress", "pointerdown", "mousedown", "click"];

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
    let cameFrom: HTMLElement | null = null;
    let isChosen = false;

    const remove = () => {
      const hadFocus = root.activeElement;
      removeEventListener("keydown", onHotkey);
      host.remove();
      if (hadFocus) cameFrom?.focus({ preventScroll: true });
      onClosed();
    };
    const leaving = (how: () => void) => () => {
      how();
      remove();
    };
    const dismiss = leaving(session.close);

    const enter = () => {
      const first = card.querySelector<HTMLElement>("[tabindex='0'],textarea,input,.send");
      (first ?? card).focus({ preventScroll: true });
    };

    const onHotkey = (event: KeyboardEvent) => {
      if (event.key !== HOTKEY || event.defaultPrevented) return;
      event.preventDefault();
      if (root.activeElement) cameFrom?.focus();
      else enter();
    };

    const button = (label: string, onclick: (event: Event) => void, icon?: string) =>
      element(
        "button",
        { type: "button", onclick, class: icon && "icon", "aria-label": icon && label },
        icon ? drawing(icon) : label,
      );

    const footOf = () => {
      const why = button(
        messages.why,
        () => import("./more.ts").then((more) => more.toggleReason(root, why, messages.whyText)),
        WHY,
      );
      why.setAttribute("aria-expanded", "false");
      return element(
        "div",
        { class: "foot" },
        button(
          messages.later,
          leaving(() => session.postpone("later")),
        ),
        button(
          messages.never,
          leaving(() => session.postpone("never")),
        ),
        why,
      );
    };

    const answer = (given: SurveyAnswer) => {
      if (isChosen) return;
      isChosen = true;
      const next = session.answer(given);
      // The choice is recorded already; the pause only lets the eye see it.
      setTimeout(() => draw(next).catch(remove), CHOICE_MS);
    };

    const draw = async (step: SurveyStep | null) => {
      const context = { messages, direction, questionId: "question", answer };
      const controls =
        step && isScale(step)
          ? scaleView({ ...context, step })
          : (await import("./more.ts")).controlsOf(root, step, context, remove);
      const text = step?.prompt ?? messages.thanks;
      const hadFocus = root.activeElement;
      card.replaceChildren(
        element(
          "div",
          { class: "head" },
          element("p", { class: "q", id: "question" }, text),
          button(messages.close, dismiss, CROSS),
        ),
        controls,
      );
      if (!host.isConnected && focus === "leave") card.append(footOf());
      if (hadFocus) enter();
      status.textContent = text;
      isChosen = false;
    };

    for (const name of PRIVATE_EVENTS) {
      card.addEventListener(name, (event) => event.stopPropagation());
    }
    card.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dismiss();
    });
    card.addEventListener("focusin", (event) => {
      const from = event.relatedTarget as HTMLElement | null;
      if (from && !root.contains(from)) cameFrom = from;
    });
    addEventListener("keydown", onHotkey);

    adopt(root, cardStyles);
    draw(session.step).then(() => {
      root.append(card, status);
      document.body.append(host);
      session.shown();
      // A live region speaks only of what changes once it is there.
      const said = messages.announcement.replace("{hotkey}", HOTKEY);
      setTimeout(() => status.prepend(`${said} `), 100);
      if (focus === "take") enter();
    }, remove);

    return remove;
  };
}
