import type { ScoringModel } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import type { AssumedBook } from "../../models/assume-book.ts";
import { Empty, PageHead, Panel } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { MovesPanel } from "./moves-panel.tsx";
import { MODEL_TABS } from "./tabs.ts";
import type { TrialWeights } from "./trial.ts";
import { WeightFields } from "./weight-fields.tsx";

interface EditProps {
  model: ScoringModel;
  trial: TrialWeights;
  preview: AssumedBook | null;
  canSave: boolean;
}

/** Other weights, and which accounts would change their tier. */
export const EditPage: FC<EditProps> = ({ model, trial, preview, canSave }) => (
  <>
    <PageHead
      title="Edit the model"
      note="Nothing changes until a draft is backtested and published."
    />
    <Tabs label="Model" tabs={MODEL_TABS} current="/dashboard/model/edit" />
    <div class="columns main-aside">
      <Panel
        title="Weights and tiers"
        note={
          <>
            from model <code>{model.version}</code>
          </>
        }
      >
        <form method="get" action="/dashboard/model/edit" class="stack" data-trial="#preview">
          <WeightFields model={model} trial={trial} />
          <div class="row">
            <button type="submit" name="preview" value="1">
              Preview
            </button>
            <a class="button" href="/dashboard/model/edit">
              Start over
            </a>
          </div>
          {canSave && (
            <div class="stack save">
              <div class="field">
                <label for="rationale">Why these weights?</label>
                <textarea
                  id="rationale"
                  name="rationale"
                  maxlength={2000}
                  aria-describedby="rationale-hint"
                />
                <span class="hint" id="rationale-hint">
                  Stays with the version for good.
                </span>
              </div>
              <div>
                <button
                  type="submit"
                  class="primary"
                  formmethod="post"
                  formaction="/dashboard/model/drafts"
                >
                  Save as a draft
                </button>
              </div>
            </div>
          )}
        </form>
      </Panel>
      <div id="preview" aria-live="polite">
        {preview ? (
          <MovesPanel book={preview} />
        ) : (
          <Panel title="Who would change tier">
            <Empty title="Change a weight" icon="sliders">
              The accounts that would move to another tier are listed here.
            </Empty>
          </Panel>
        )}
      </div>
    </div>
  </>
);
