import type { FC } from "hono/jsx";
import type { DryRun } from "../../alerts/dry-run.ts";
import type { AlertRule, Trigger } from "../../alerts/rule.ts";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { Faulty, type FieldFault } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Empty, PageHead, Panel } from "../ui/parts.tsx";
import { DryRunPanel } from "./dry-run-panel.tsx";
import type { Field } from "./parse-rule.ts";
import { RuleForm } from "./rule-form.tsx";
import { ruleHref } from "./rules-page.tsx";
import { TRIGGER_FORMS } from "./trigger-form.ts";

interface RuleProps {
  /** Null for a new one. */
  rule: AlertRule | null;
  kind: Trigger["kind"];
  fields: Field;
  faults: FieldFault[];
  playbooks: Playbook[];
  /** What the rule in the form would have done, and a mark of it. */
  tried: { run: DryRun; mark: string } | null;
  canChange: boolean;
}

/** One rule: its condition, and what it would have done. */
export const RulePage: FC<RuleProps> = (props) => {
  const { rule, kind, fields, faults, playbooks, tried, canChange } = props;
  const path = rule ? ruleHref(rule.key) : "/dashboard/alerts/rules/new";
  const savePath = rule ? path : "/dashboard/alerts/rules";
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/alerts/rules">Alert rules</a>
      </p>
      <PageHead
        title={rule?.name ?? `New rule: ${TRIGGER_FORMS[kind].word.toLowerCase()}`}
        note={
          <span class={`status-line ${rule?.isEnabled ? "ok" : ""}`}>
            <Icon name={rule?.isEnabled ? "check" : "same"} />
            {rule?.isEnabled ? "On" : "Off: it tells nobody yet"}
          </span>
        }
      >
        {rule && canChange && <RuleActions rule={rule} path={path} />}
      </PageHead>
      <div class="columns even">
        <Panel title="The rule">
          <Faulty faults={faults}>
            <RuleForm
              kind={kind}
              fields={fields}
              playbooks={playbooks}
              path={path}
              savePath={savePath}
              canSave={canChange}
            />
          </Faulty>
        </Panel>
        {tried ? (
          <DryRunPanel
            run={tried.run}
            mark={tried.mark}
            enablePath={canChange && !rule?.isEnabled ? savePath : null}
          />
        ) : (
          <Panel title="On the past" id="dry-run">
            <Empty title="What would it have done?" icon="clock">
              {canChange ? "“Try it on history” asks" : "An admin can ask"} what this rule would
              have found on each of the last 180 days: how often it would have told somebody, about
              whom, how many of them left, and how long before. Then it can be turned on.
            </Empty>
          </Panel>
        )}
      </div>
    </>
  );
};

const RuleActions: FC<{ rule: AlertRule; path: string }> = ({ rule, path }) => (
  <>
    {rule.isEnabled && (
      <form method="post" action={`${path}/disable`}>
        <button type="submit">Turn off</button>
      </form>
    )}
    {rule.key !== "tier" && (
      <form method="post" action={`${path}/remove`}>
        <button type="submit" class="danger">
          Delete
        </button>
      </form>
    )}
  </>
);
