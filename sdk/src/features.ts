import type { Client, FeatureOptions } from "./options.ts";

/**
 * Counts a click on, or inside, an element with `data-telltale-feature` as use of that feature:
 * elements added later and those in open shadow roots as well. `data-telltale-stage` names the
 * stage.
 */
export function watchFeatureClicks(client: Pick<Client, "feature">): void {
  document.addEventListener(
    "click",
    (event) => {
      for (const target of event.composedPath()) {
        const { telltaleFeature, telltaleStage } = (target as HTMLElement).dataset ?? {};
        if (telltaleFeature) {
          client.feature(telltaleFeature, { stage: telltaleStage } as FeatureOptions);
          return;
        }
      }
    },
    true,
  );
}
