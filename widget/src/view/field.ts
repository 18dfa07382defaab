import { button, element } from "./element.ts";
import { fieldStyles } from "./field-styles.ts";
import type { StepContext } from "./step-view.ts";
import { adopt, adoptOnce } from "./styles.ts";

/** The row of buttons under a step: back on one side, the way on at the other. */
export function actionsOf(
  { root, messages, back }: Pick<StepContext, "root" | "messages" | "back">,
  ...onward: HTMLElement[]
): HTMLElement {
  adoptOnce(root, fieldStyles);
  const ways = back ? [button(messages.back, back, { className: "back" }), ...onward] : onward;
  return element("div", { className: "actions" }, ...ways);
}

/**
 * Keeps a sheet at the bottom above the keyboard on the screen while a field has the focus: on iOS the
 * keyboard shrinks only the visual viewport, and what is fixed to the bottom would be behind it.
 */
export function liftAboveKeyboard(field: HTMLElement, root: ShadowRoot): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const { style } = adopt(root, ".card{}").cssRules[0] as CSSStyleRule;
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
