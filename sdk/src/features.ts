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
      const marked = path.find(({ dataset }) => dataset?.telltaleFeature);
      const { telltaleFeature, telltaleStage } = marked?.dataset ?? {};
      if (telltaleFeature) {
        client.feature(telltaleFeature, { stage: telltaleStage } as FeatureOptions);
      }
    },
    true,
  );
}
