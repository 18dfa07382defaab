/** The bundle that the script tag's SDK loads when a prompt may be due. */

import type { PromptBridge, Prompts } from "@telltale/protocol";
import { createPrompts } from "./prompts.ts";

/** Starts the prompts of a page, with the widget's own look. */
export function startPrompts(bridge: PromptBridge): Prompts {
  return createPrompts(bridge, async () => (await import("./view/card.ts")).viewWith(bridge.track));
}
