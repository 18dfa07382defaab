import type { FC } from "hono/jsx";
import type { Trigger } from "../../alerts/rule.ts";
import { LEVELS } from "../../alerts/schema.ts";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { TIER_WORDS } from "../ui/tier.tsx";
import type { Field } from "./parse-rule.ts";
import { TRIGGER_FORMS, type TriggerField } from "./trigger-form.ts";

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
        <div class="field">
          <label for="name">Name</label>
          <input
            id="name"
            name="name"
            required
            maxlength={200}
            value={fields("name")}
            placeholder="Fell 15 points in 7 days"
          />
        </div>
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
            <div class="field">
              <label for="level">How urgently</label>
              <select id="level" name="level">
                {LEVELS.map((level) => (
                  <option value={level} selected={fields("level") === level}>
                    {LEVEL_WORDS[level]}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="playbookKey">With the playbook</label>
              <select id="playbookKey" name="playbookKey">
                <option value="">that fits what moves the score</option>
                {playbooks.map(({ key, name }) => (
                  <option value={key} selected={fields("playbookKey") === key}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <Hours name="noticeHours" label="Once it has held for" value={fields("noticeHours")} />
            <Hours name="coolDownHours" label="Not again within" value={fields("coolDownHours")} />
            <Hours
              name="escalateAfterHours"
              label="Escalate if nobody takes it for"
              hint="empty: never"
              value={fields("escalateAfterHours")}
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
  const id = `trigger-${field.name}`;
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      {field.options ? (
        <select id={id} name={id}>
          {Object.entries(field.options).map(([option, word]) => (
            <option value={option} selected={option === value}>
              {word}
            </option>
          ))}
        </select>
      ) : field.range ? (
        <span class="with-unit">
          <input
            id={id}
            name={id}
            type="number"
            required
            min={field.range[0]}
            max={field.range[1]}
            step={field.range[2]}
            value={value}
          />
          <span>{field.unit}</span>
        </span>
      ) : (
        <input id={id} name={id} required maxlength={200} value={value} />
      )}
      {field.hint && <span class="hint">{field.hint}</span>}
    </div>
  );
};

const Hours: FC<{ name: string; label: string; value: string; hint?: string }> = ({
  name,
  label,
  value,
  hint,
}) => (
  <div class="field">
    <label for={name}>{label}</label>
    <span class="with-unit">
      <input
        id={name}
        name={name}
        type="number"
        min="0"
        max={8_760}
        step="any"
        value={value}
        required={hint === undefined}
      />
      <span>hours</span>
    </span>
    {hint && <span class="hint">{hint}</span>}
  </div>
);
