import { button, element } from "./element.ts";
import type { StepContext } from "./step-view.ts";
import { typedStyles } from "./typed-styles.ts";

/** How far somebody is; after an answer only, because a first question need not say how many follow. */
function progressOf({ steps, step, messages }: StepContext): HTMLElement {
  const questions = steps.filter(({ kind }) => kind !== "thanks");
  const at = questions.findIndex(({ id }) => id === step?.id) + 1;
  const words = messages.ofMax.replace("{value}", `${at}`).replace("{max}", `${questions.length}`);
  return element("span", { className: "progress" }, words);
}

/** The row under a step: back and how far it is on one side, the way on at the other. */
export function actionsOf(context: StepContext, ...onward: HTMLElement[]): HTMLElement {
  const { adopt, messages, back } = context;
  adopt(typedStyles);
  const ways = back
    ? [button(messages.back, back, { className: "back" }), progressOf(context)]
    : [];
  return element("div", { className: "actions" }, ...ways, ...onward);
}

/**
 * Keeps a sheet at the bottom above the keyboard on the screen while a field has the focus: on iOS the
 * keyboard shrinks only the visual viewport, and what is fixed to the bottom would be behind it.
 */
export function liftAboveKeyboard(field: HTMLElement, { adopt }: StepContext): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const { style } = adopt(".card{}").cssRules[0] as CSSStyleRule;
  const lift = () => {
    const covered = innerHeight - viewport.height - viewport.offsetTop;
    style.setProperty("--lift", `${Math.max(0, covered)}px`);
  };
  const settle = () => {
    viewport.removeEventListener("resize", lift);
    viewport.removeEventListener("scroll", lift);
    style.cssText = "";
  };
  field.addEventListener("focus", () => {
    viewport.addEventListener("resize", lift);
    viewport.addEventListener("scroll", lift);
  });
  field.addEventListener("blur", settle);
}
