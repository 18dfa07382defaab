import type { ScoringModel } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toCount, toScore } from "../format.ts";
import { Empty, PageHead, Panel, Scroll } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TIER_WORDS, TIERS, TierBadge } from "../ui/tier.tsx";
import { MODEL_TABS } from "./model-page.tsx";
import type { TrialWeights, WeightsPreview } from "./preview-weights.ts";
import { weightField } from "./trial.ts";

interface EditProps {
  model: ScoringModel;
  trial: TrialWeights;
  preview: WeightsPreview | null;
  canSave: boolean;
}

/** Other weights, and which accounts would change their tier. */
export const EditPage: FC<EditProps> = ({ model, trial, preview, canSave }) => (
  <>
    <PageHead title="Edit" note="Nothing changes until a draft is backtested and published." />
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
          {model.components.map(({ key, label }) => (
            <div class="weight">
              <label for={weightField(key)}>{label}</label>
              <input
                type="range"
                min="0"
                max="100"
                step="1"
                value={Math.round(trial.weights.get(key) ?? 0)}
                data-pair={weightField(key)}
                aria-label={`${label}, slider`}
                hidden
              />
              <span class="with-icon">
                <input
                  id={weightField(key)}
                  name={weightField(key)}
                  type="number"
                  min="0"
                  max="100"
                  step="0.1"
                  required
                  value={trial.weights.get(key) ?? 0}
                />
                %
              </span>
            </div>
          ))}
          <p class="soft small" data-sum>
            Weights are divided by their sum.
          </p>
          <div class="row">
            <div class="field">
              <label for="healthy-from">Healthy from</label>
              <input
                id="healthy-from"
                name="healthy-from"
                type="number"
                min="1"
                max="100"
                step="0.5"
                required
                value={trial.healthyFrom}
              />
            </div>
            <div class="field">
              <label for="critical-below">Critical below</label>
              <input
                id="critical-below"
                name="critical-below"
                type="number"
                min="0"
                max="99"
                step="0.5"
                required
                value={trial.criticalBelow}
              />
            </div>
          </div>
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
                <textarea id="rationale" name="rationale" maxlength={2000} />
                <span class="hint">Stays with the version for good.</span>
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
          <PreviewPanel preview={preview} />
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

const PreviewPanel: FC<{ preview: WeightsPreview }> = ({ preview }) => (
  <Panel
    title={
      preview.moves.length === 0
        ? "Nobody would change tier"
        : `${toCount(preview.moves.length, "account")} would change tier`
    }
    note={`of ${toCount(preview.accounts, "scored account")}; newest signals, without notice`}
  >
    <table>
      <thead>
        <tr>
          <th scope="col">Tier</th>
          <th scope="col" class="number-cell">
            Now
          </th>
          <th scope="col" class="number-cell">
            Then
          </th>
        </tr>
      </thead>
      <tbody>
        {TIERS.filter((tier) => tier !== "unknown" || preview.after.unknown > 0).map((tier) => (
          <tr>
            <th scope="row">
              <TierBadge tier={tier} />
            </th>
            <td class="number-cell">{preview.before[tier]}</td>
            <td class="number-cell">{preview.after[tier]}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {preview.moves.length > 0 && (
      <Scroll label="Accounts that would change tier">
        <table>
          <caption>The 20 largest moves</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">To</th>
              <th scope="col" class="number-cell">
                Score
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.moves.slice(0, 20).map((move) => (
              <tr>
                <th scope="row" class="name-cell">
                  <a href={`/dashboard/accounts/${encodeURIComponent(move.accountId)}`}>
                    {move.name ?? move.accountId}
                  </a>
                  <span class="soft">from {TIER_WORDS[move.from].toLowerCase()}</span>
                </th>
                <td>
                  <TierBadge tier={move.to} />
                </td>
                <td class="number-cell">
                  {toScore(move.score)} → {toScore(move.next)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </Panel>
);
