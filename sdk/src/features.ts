const ATTRIBUTE = "data-telltale-feature";

/**
 * Counts a click on, or inside, an element with `data-telltale-feature` as use of that feature:
 * elements added later and those in open shadow roots as well.
 *
 * @param onUse - gets the feature and the value of `data-telltale-stage`, if any
 */
export function watchFeatureClicks(onUse: (feature: string, stage: string | null) => void): void {
  document.addEventListener(
    "click",
    (event) => {
      for (const target of event.composedPath()) {
        const feature = (target as Partial<Element>).getAttribute?.(ATTRIBUTE);
        if (feature) {
          onUse(feature, (target as Element).getAttribute("data-telltale-stage"));
          return;
        }
      }
    },
    true,
  );
}
