import type { LintRemark, Normaliser, ScoringModel } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import type { ModelSummary } from "../../models/schema.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { toPercent } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Day, PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { describeCondition } from "./describe-condition.ts";
import { MODEL_TABS } from "./tabs.ts";

const STATUS: Record<ModelSummary["status"], string> = {
  draft: "Draft",
  published: "Published",
  retired: "Retired",
};

/** What a value is held against to become 0 to 100. */
const AGAINST: Record<Normaliser["kind"], string> = {
  percentile: "by rank among peers",
  zscore: "against the mean of peers",
  minmax: "between the least and the most of peers",
  p90_exponential: "against the busiest tenth of peers",
  target: "against fixed targets",
  own_baseline: "against its own past",
};

const MeasuredBy: FC<{
  model: ScoringModel;
  part: ScoringModel["components"][number]["signals"][number];
}> = ({ model, part }) => {
  const spec = model.signals.find(({ key }) => key === part.signal);
  return (
    <div>
      {spec?.label ?? part.signal}{" "}
      <span class="soft small">
        {spec && `${spec.windowDays} days`}
        {spec?.halfLifeDays && `, what is ${spec.halfLifeDays} days old counts half`}
        {", "}
        <abbr title={part.normaliser.kind.replaceAll("_", " ")}>
          {AGAINST[part.normaliser.kind]}
        </abbr>
      </span>
    </div>
  );
};

interface ModelProps {
  model: ScoringModel;
  lint: LintRemark[];
  versions: ModelSummary[];
}

/** How a score is made, and how that came about. */
export const ModelPage: FC<ModelProps> = ({ model, lint, versions }) => (
  <>
    <PageHead
      title={model.name}
      note={
        <>
          Model <code>{model.version}</code>
          {model.calibratedAt ? (
            <>
              , checked against outcomes <When at={model.calibratedAt} />
            </>
          ) : (
            ", not yet checked against outcomes"
          )}
        </>
      }
    >
      <a class="button primary" href="/dashboard/model/edit">
        Try other weights
      </a>
    </PageHead>
    <Tabs label="Model" tabs={MODEL_TABS} current="/dashboard/model" />
    <div class="columns main-aside">
      <div class="stack">
        <Panel title="Components" note="weights sum to 100 %">
          <Table
            label="Components"
            rows={model.components}
            columns={[
              { head: "Component", cell: ({ label }) => label },
              {
                head: "Measured by",
                cell: ({ signals }) =>
                  signals.map((part) => <MeasuredBy part={part} model={model} />),
              },
              {
                head: "Weight",
                cell: ({ weight }) => (
                  <>
                    {toPercent(weight)}
                    <ShareBar share={weight} />
                  </>
                ),
              },
            ]}
          />
        </Panel>
        <Panel title="Versions" note="published ones never change">
          <ul class="list">
            {versions.map((version) => (
              <li class="stack tight">
                <div class="row apart">
                  <span class="row">
                    <a href={`/dashboard/model/versions/${encodeURIComponent(version.version)}`}>
                      <code>{version.version}</code>
                    </a>
                    <span class="tag">
                      {version.isCurrent ? "In force" : STATUS[version.status]}
                    </span>
                  </span>
                  <span class="soft small">
                    {version.author}, <When at={version.publishedAt ?? version.createdAt} />
                  </span>
                </div>
                <p>{version.rationale}</p>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <div class="stack">
        <Panel title="Tiers">
          <dl class="facts">
            <dt>Healthy</dt>
            <dd>from {model.tiers.healthyFrom}</dd>
            <dt>At risk</dt>
            <dd>
              from {model.tiers.criticalBelow} to {model.tiers.healthyFrom}
            </dd>
            <dt>Critical</dt>
            <dd>below {model.tiers.criticalBelow}</dd>
            <dt>Way back up</dt>
            <dd>{model.tiers.margin} points above the line</dd>
            <dt>Notice</dt>
            <dd>
              {model.tiers.noticeEvaluations} evaluations and {model.tiers.noticeHours} hours; a
              fall of {model.tiers.fallPoints} points within {model.tiers.fallDays} days needs none
            </dd>
            <dt>No number</dt>
            <dd>
              before {model.minAgeDays} days, or with less than {toPercent(model.minCoverage)}{" "}
              measured
            </dd>
          </dl>
        </Panel>
        {model.overrides.length > 0 && (
          <Panel title="Rules">
            <ul class="list">
              {model.overrides.map((rule) => (
                <li>
                  <strong>{rule.label}</strong>
                  <p class="soft small">
                    {rule.cap !== undefined && `At most ${rule.cap}`}
                    {rule.floor !== undefined && `At least ${rule.floor}`} while{" "}
                    {describeCondition(rule.when, model.signals)}
                  </p>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <LintPanel lint={lint} />
        {model.signals.some(({ reviewBy }) => reviewBy) && (
          <Panel title="Review dates">
            <dl class="facts">
              {model.signals.map(
                ({ label, reviewBy }) =>
                  reviewBy && (
                    <>
                      <dt>{label}</dt>
                      <dd>
                        <Day at={reviewBy} />
                      </dd>
                    </>
                  ),
              )}
            </dl>
          </Panel>
        )}
      </div>
    </div>
  </>
);

/** What a careful reader would say of the model. */
export const LintPanel: FC<{ lint: LintRemark[] }> = ({ lint }) => (
  <Panel title="Remarks">
    {lint.length === 0 ? (
      <p class="status-line ok">
        <Icon name="check" />
        Nothing to remark.
      </p>
    ) : (
      <ul class="list">
        {lint.map(({ detail }) => (
          <li class="status-line wait">
            <Icon name="warn" />
            {detail}
          </li>
        ))}
      </ul>
    )}
  </Panel>
);
