import type { FC } from "hono/jsx";
import type { Trigger } from "../../alerts/rule.ts";
import type { LEVELS } from "../../alerts/schema.ts";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { Choice, TextField } from "../ui/field.tsx";
import { TIER_WORDS } from "../ui/tier.tsx";
import { type Field, HOURS } from "./parse-rule.ts";
import { RULE_LABELS } from "./rule-faults.ts";
import { TRIGGER_FORMS, type TriggerField } from "./trigger-form.ts";
import { UnitField } from "./unit-field.tsx";

const LEVEL_WORDS: Record<(typeof LEVELS)[number], string> = {
  monitor: "Monitor: good to know",
  outreach: "Outreach: get in touch",
  intervene: "Intervene: today",
};

interface RuleFormProps {
  kind: Trigger["kind"];
  fields: Field;
  playbooks: Playbook[];
  /** Where the form is tried, and where it is saved. */
  path: string;
  savePath: string;
  canSave: boolean;
}

/** When an alert is due, how urgent it is, and what follows. Tried by GET, saved by POST. */
export const RuleForm: FC<RuleFormProps> = (props) => {
  const { kind, fields, playbooks, path, savePath, canSave } = props;
  return (
    <form id="rule" method="get" action={path}>
      <fieldset class="stack" disabled={!canSave}>
        <input type="hidden" name="kind" value={kind} />
        <TextField
          name="name"
          label={RULE_LABELS.name}
          value={fields("name")}
          input={{ required: true, maxlength: 200, placeholder: "Fell 15 points in 7 days" }}
        />
        <fieldset class="stack tight">
          <legend>When an account …</legend>
          <p class="soft small">{TRIGGER_FORMS[kind].hint}</p>
          <div class="fields">
            {kind === "tier" ? (
              <TierFields fields={fields} />
            ) : (
              TRIGGER_FORMS[kind].fields.map((field) => (
                <TriggerInput field={field} value={fields(`trigger-${field.name}`)} />
              ))
            )}
          </div>
        </fieldset>
        <fieldset class="stack tight">
          <legend>… tell somebody</legend>
          <div class="fields">
            <Choice
              name="level"
              label={RULE_LABELS.level}
              value={fields("level")}
              words={LEVEL_WORDS}
            />
            <Choice
              name="playbookKey"
              label={RULE_LABELS.playbookKey}
              value={fields("playbookKey")}
              words={Object.fromEntries([
                ["", "that fits what moves the score"],
                ...playbooks.map(({ key, name }) => [key, name]),
              ])}
            />
            {HOURS.map((name) => (
              <UnitField
                name={name}
                label={RULE_LABELS[name]}
                unit="hours"
                range={[0, 8_760, "any"]}
                value={fields(name)}
              />
            ))}
            <UnitField
              name="escalateAfterHours"
              label={RULE_LABELS.escalateAfterHours}
              unit="hours"
              range={[0, 8_760, "any"]}
              value={fields("escalateAfterHours")}
              hint="empty: never"
            />
          </div>
        </fieldset>
        {canSave && (
          <div class="row">
            <button type="submit" name="try" value="1">
              Try it on history
            </button>
            <button type="submit" class="primary" formmethod="post" formaction={savePath}>
              Save
            </button>
          </div>
        )}
      </fieldset>
    </form>
  );
};

const TierFields: FC<{ fields: Field }> = ({ fields }) => (
  <>
    {(["at_risk", "critical"] as const).map((tier) => (
      <label class="check">
        <input type="checkbox" name={`to-${tier}`} checked={fields(`to-${tier}`) !== ""} />
        is {TIER_WORDS[tier].toLowerCase()}
      </label>
    ))}
  </>
);

const TriggerInput: FC<{ field: TriggerField; value: string }> = ({ field, value }) => {
  const { label, options, range, unit, hint } = field;
  const name = `trigger-${field.name}`;
  if (options) return <Choice name={name} label={label} value={value} words={options} />;
  if (range) return <UnitField name={name} label={label} unit={unit} range={range} value={value} />;
  const input = { required: true, maxlength: 200 };
  return <TextField name={name} label={label} value={value} hint={hint} input={input} />;
};
