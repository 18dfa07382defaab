import type { Client, FeatureOptions } from "./options.ts";

/**
 * Counts a click on, or inside, an element with `data-telltale-feature` as use of that feature:
 * elements added later and those in open shadow roots as well. `data-telltale-stage` names the
 * stage.
 */
export function watchFeatureClicks(client: Pick<Client, "feature">): void {
  addEventListener(
    "click",
    (event) => {
      const path = event.composedPath() as HTMLElement[];
      const { telltaleFeature: feature, telltaleStage: stage } =
        path.find(({ dataset }) => dataset?.telltaleFeature)?.dataset ?? {};
      if (feature) client.feature(feature, { stage } as FeatureOptions);
    },
    true,
  );
}
