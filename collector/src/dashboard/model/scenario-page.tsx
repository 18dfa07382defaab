import type { FC } from "hono/jsx";
import { toCount, toQuery } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TIER_WORDS, TIERS } from "../ui/tier.tsx";
import { AccountChangePanel } from "./account-change-panel.tsx";
import { MovesPanel } from "./moves-panel.tsx";
import type { Scenario, ScenarioScope } from "./read-scenario.ts";
import { SignalFields } from "./signal-fields.tsx";
import { MODEL_TABS } from "./tabs.ts";
import { weightField } from "./trial.ts";
import { WeightFields } from "./weight-fields.tsx";

const SCENARIO_PATH = "/dashboard/model/scenario";

/** What if? An assumption, worked out; nothing is written. */
export const ScenarioPage: FC<{
  scenario: Scenario;
  /** To choose from. */
  accounts: readonly { accountId: string; name: string | null }[];
}> = ({ scenario, accounts }) => {
  const { scope, account, model, trial, result } = scenario;
  const [one] = result.accounts;
  if (!one && toQuery({ ...scope }) === "") return <NothingToMove />;
  return (
    <>
      <PageHead
        title="What if?"
        note="Move a signal or a weight and see who would change tier. An assumption, worked out; never a forecast, and nothing is saved."
      />
      <Tabs label="Model" tabs={MODEL_TABS} current={SCENARIO_PATH} />
      <div class="stack">
        <ScopePanel scenario={scenario} accounts={accounts} />
        <div class="columns even">
          <Panel
            title={account ? (account.name ?? account.accountId) : "Assume"}
            note={
              account ? "what each signal becomes" : "by how much signals move, for all of these"
            }
          >
            <form method="get" action={SCENARIO_PATH} class="stack" data-trial="#preview">
              <HiddenScope scope={scope} />
              <SignalFields scenario={scenario} />
              <details open={isWeightsOpen(scenario)}>
                <summary>Other weights and tiers</summary>
                <fieldset class="stack inner">
                  <legend class="hidden-text">Weights and tiers</legend>
                  <WeightFields model={model} trial={trial} />
                </fieldset>
              </details>
              <div class="row">
                <button type="submit" class="primary">
                  Work it out
                </button>
                <a class="button" href={`${SCENARIO_PATH}${toQuery({ ...scope })}`}>
                  Start over
                </a>
              </div>
            </form>
          </Panel>
          <div id="preview" class="stack" aria-live="polite">
            {!scenario.isChanged && (
              <Notice kind="good">
                Nothing is assumed yet: both sides are as they are. Move something.
              </Notice>
            )}
            {account && one ? <AccountChangePanel assumed={one} /> : <MovesPanel book={result} />}
            {isWeightsOpen(scenario) && (
              <p class="small">
                <a href={`/dashboard/model/edit?preview=1&${toTrialQuery(scenario)}`}>
                  Make a draft of these weights
                </a>
              </p>
            )}
          </div>
        </div>
      </div>
    </>
  );
};

const NothingToMove: FC = () => (
  <>
    <PageHead title="What if?" note="Move a signal or a weight and see who would change tier." />
    <Tabs label="Model" tabs={MODEL_TABS} current={SCENARIO_PATH} />
    <Panel title="Nothing to move yet">
      <Empty title="No account has a score" icon="sliders">
        Scores come with the first events; <a href="/dashboard/data/install">install the SDK</a> or
        fill a project with <code>telltale simulate</code>.
      </Empty>
    </Panel>
  </>
);

const HiddenScope: FC<{ scope: ScenarioScope }> = ({ scope }) => (
  <>
    {Object.entries(scope).map(
      ([name, value]) => value !== "" && <input type="hidden" name={name} value={value} />,
    )}
  </>
);

const ScopePanel: FC<{
  scenario: Scenario;
  accounts: readonly { accountId: string; name: string | null }[];
}> = ({ scenario: { scope, result, segments }, accounts }) => (
  <section class="panel" aria-label="For whom">
    <form method="get" action={SCENARIO_PATH} class="filters flush">
      <div class="field">
        <label for="scope-account">One account, by its id</label>
        <input
          id="scope-account"
          name="account"
          type="search"
          list="scope-accounts"
          value={scope.account}
          placeholder="empty: many accounts"
          maxlength={200}
        />
        <datalist id="scope-accounts">
          {accounts.map(({ accountId, name }) => (
            <option value={accountId}>{name ?? accountId}</option>
          ))}
        </datalist>
      </div>
      {scope.account === "" && (
        <>
          <div class="field">
            <label for="scope-tier">or those that are</label>
            <select id="scope-tier" name="tier" data-send>
              <option value="">in any tier</option>
              {TIERS.filter((tier) => tier !== "unknown").map((tier) => (
                <option value={tier} selected={scope.tier === tier}>
                  {TIER_WORDS[tier].toLowerCase()}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="scope-segment">in the segment</label>
            <select id="scope-segment" name="segment" data-send>
              <option value="">all ({toCount(result.accounts.length, "account")})</option>
              {segments.map((segment) => (
                <option value={segment} selected={scope.segment === segment}>
                  {segment.replace(":", ": ")}
                </option>
              ))}
            </select>
          </div>
        </>
      )}
      <div class="buttons">
        <button type="submit">{scope.account ? "Look at it" : "Look at these"}</button>
        {scope.account !== "" && (
          <a class="button" href={SCENARIO_PATH}>
            All accounts
          </a>
        )}
      </div>
    </form>
  </section>
);

/** Weights that were moved stay in sight. */
function isWeightsOpen({ model, trial }: Scenario): boolean {
  return (
    trial.healthyFrom !== model.tiers.healthyFrom ||
    trial.criticalBelow !== model.tiers.criticalBelow ||
    model.components.some(
      ({ key, weight }) => Math.abs((trial.weights.get(key) ?? 0) - weight * 100) > 0.05,
    )
  );
}

function toTrialQuery({ trial }: Scenario): string {
  const query = new URLSearchParams(
    [...trial.weights].map(([key, weight]): [string, string] => [weightField(key), String(weight)]),
  );
  query.set("healthy-from", String(trial.healthyFrom));
  query.set("critical-below", String(trial.criticalBelow));
  return query.toString();
}
