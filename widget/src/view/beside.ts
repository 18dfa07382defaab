import type { StepContext } from "./step-view.ts";

/** Room between the element and the card, and between the card and the window, in pixels. */
const GAP = 8;

/** Keeps the card beside the element that the question is about, as long as that is in view. */
export function standBeside({ root, adopt }: StepContext, anchor: string): void {
  const card = root.querySelector<HTMLElement>(".card");
  if (!card) return;
  const sheet = adopt(".beside{}.card.beside{inset:0 auto auto 0}.beside .box{width:auto}");
  const { style } = sheet.cssRules[0] as CSSStyleRule;

  const place = () => {
    if (!card.isConnected) {
      resizes.disconnect();
      removeEventListener("scroll", placeSoon, true);
    }
    const target = document.querySelector(anchor)?.getBoundingClientRect();
    const isInView =
      target &&
      target.height > 0 &&
      target.bottom > 0 &&
      target.top < innerHeight &&
      innerWidth > 480;
    card.classList.toggle("beside", Boolean(isInView));
    if (!isInView) return;
    const { offsetWidth: width, offsetHeight: height } = card;
    const below = target.bottom + GAP;
    const top = below + height + GAP < innerHeight ? below : target.top - GAP - height;
    const left = getComputedStyle(card).direction === "rtl" ? target.right - width : target.left;
    const x = Math.min(Math.max(GAP, left), innerWidth - width - GAP);
    // A transform, because a changed place would count as a shift of the layout.
    style.transform = `translate(${x}px, ${Math.max(GAP, top)}px)`;
  };
  let frame = 0;
  const placeSoon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(place);
  };

  const resizes = new ResizeObserver(placeSoon);
  resizes.observe(card);
  resizes.observe(document.documentElement);
  addEventListener("scroll", placeSoon, { capture: true, passive: true });
  place();
}
