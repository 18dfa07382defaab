import { adopt } from "./styles.ts";

/** Room between the element and the card, and between the card and the window, in pixels. */
const GAP = 8;

/** Keeps the card beside the element that the question is about, as long as that is in view. */
export function standBeside(card: HTMLElement | null, anchor: string): void {
  if (!card) return;
  const sheet = adopt(
    card.getRootNode() as ShadowRoot,
    ".card.beside{inset:auto;width:auto;transform:none}",
  );
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
    const left = card.dir === "rtl" ? target.right - width : target.left;
    style.top = `${Math.max(GAP, top)}px`;
    style.left = `${Math.min(Math.max(GAP, left), innerWidth - width - GAP)}px`;
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
