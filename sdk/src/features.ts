import type { FeatureStage } from "@telltale/protocol";

const ATTRIBUTE = "data-telltale-feature";

/**
 * Counts a click on, or inside, an element with `data-telltale-feature` as use of that feature:
 * elements added later and those in open shadow roots as well.
 *
 * @param onUse - gets the feature, and the stage that `data-telltale-stage` names
 */
export function watchFeatureClicks(
  onUse: (feature: string, options: { stage?: FeatureStage }) => void,
): void {
  document.addEventListener(
    "click",
    (event) => {
      for (const target of event.composedPath()) {
        const feature = (target as Partial<Element>).getAttribute?.(ATTRIBUTE);
        if (feature) {
          const stage = (target as Element).getAttribute("data-telltale-stage");
          onUse(feature, stage ? { stage: stage as FeatureStage } : {});
          return;
        }
      }
    },
    true,
  );
}
