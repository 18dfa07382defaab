import type { Adopt } from "./styles.ts";

const lifted = new WeakSet<Element>();

/**
 * Keeps a card above the keyboard on the screen while a field has the focus, on phones held either way and
 * on tablets: on iOS the keyboard shrinks only the visual viewport, and what is fixed to the bottom would
 * be behind it.
 *
 * @param field - that has the focus now
 */
export function liftAboveKeyboard(field: Element, adopt: Adopt): void {
  const viewport = window.visualViewport;
  if (!viewport || lifted.has(field)) return;
  lifted.add(field);
  const { style } = adopt(".card{}").cssRules[0] as CSSStyleRule;
  const lift = () => {
    const covered = innerHeight - viewport.height - viewport.offsetTop;
    style.bottom = covered > 0 ? `${covered}px` : "";
  };
  const settle = () => {
    viewport.removeEventListener("resize", lift);
    viewport.removeEventListener("scroll", lift);
    lifted.delete(field);
    style.cssText = "";
  };
  viewport.addEventListener("resize", lift);
  viewport.addEventListener("scroll", lift);
  field.addEventListener("blur", settle, { once: true });
  lift();
}
