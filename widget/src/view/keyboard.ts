import { adopt } from "./styles.ts";

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
