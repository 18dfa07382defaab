import { phoneStyles } from "./phone-styles.ts";
import { adopt } from "./styles.ts";

/** Turns the card into a sheet at the bottom of a small screen, above the keyboard on it. */
export function adoptPhoneStyles(root: ShadowRoot): void {
  adopt(root, phoneStyles);
}
