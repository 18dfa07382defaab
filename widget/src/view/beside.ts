import type { Dresser } from "./dressers.ts";
import { adopt } from "./styles.ts";

/** Room between the element and the card, and between the card and the window, in pixels. */
const GAP = 8;

/** Keeps the card beside the element that the question is about, as long as that is in view. */
export const beside: Dresser = (card, { anchor = "" }) => {
  const sheet = adopt(
    card.getRootNode() as ShadowRoot,
    ".card.beside{inset:auto;width:auto;transform:none}",
  );
  const { style } = sheet.cssRules[0] as CSSStyleRule;
  let frame = 0;

  const place = () => {
    frame = 0;
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
  const placeSoon = () => {
    frame ||= requestAnimationFrame(place);
  };

  const resizes = new ResizeObserver(placeSoon);
  resizes.observe(card);
  resizes.observe(document.documentElement);
  addEventListener("scroll", placeSoon, { capture: true, passive: true });
  place();
  return () => {
    resizes.disconnect();
    removeEventListener("scroll", placeSoon, true);
    cancelAnimationFrame(frame);
  };
};
