import type { FC } from "hono/jsx";
import { toCount } from "../format.ts";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AdoptionPanel } from "./adoption-panel.tsx";
import { FeatureFrictionPanel, FrictionPanel, TasksPanel } from "./friction-panels.tsx";
import { ImpactPanel } from "./impact-panel.tsx";
import { PathsPanel } from "./paths-panel.tsx";
import type { FeaturesView } from "./read-features.ts";
import { FEATURE_TABS } from "./tabs.ts";

/** What accounts do with the product, and what gets in their way. */
export const FeaturesPage: FC<{ view: FeaturesView }> = ({ view }) => (
  <>
    <PageHead
      title="Features"
      note={
        <>
          Counted <When at={view.asOf} />, over {toCount(view.accounts, "account")}.
        </>
      }
    />
    <Tabs label="Features" tabs={FEATURE_TABS} current="/dashboard/features" />
    {view.features.length === 0 && view.friction.length === 0 ? (
      <Panel title="Adoption">
        <Empty title="No feature was used yet" icon="shapes">
          Name what people do: <code>telltale.feature("export")</code>, or an attribute{" "}
          <code>data-telltale-feature="export"</code> on the button. What gets in their way is seen
          with <code>data-auto="friction"</code> on the script tag.
        </Empty>
      </Panel>
    ) : (
      <div class="stack">
        <AdoptionPanel features={view.features} accounts={view.accounts} />
        <ImpactPanel features={view.features} />
        <div class="columns">
          <PathsPanel steps={view.steps} />
          <TasksPanel friction={view.friction} />
        </div>
        <div class="columns">
          <FrictionPanel friction={view.friction} />
          <FeatureFrictionPanel friction={view.featureFriction} />
        </div>
      </div>
    )}
  </>
);
