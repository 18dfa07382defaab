/**
 * The bundle that the script tag's SDK loads when a prompt may be due. The card comes with it: what the
 * collector grants can then be shown at once, and no failed download wastes an impression.
 */

import type { PromptBridge, Prompts } from "@telltale/protocol";
import { createPrompts } from "./prompts.ts";
import { viewWith } from "./view/card.ts";

/** Starts the prompts of a page, with the widget's own look. */
export function startPrompts(bridge: PromptBridge): Prompts {
  return createPrompts(bridge, viewWith(bridge.track));
}
