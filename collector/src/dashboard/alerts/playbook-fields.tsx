import type { FC } from "hono/jsx";
import { TEMPLATE_NAMES } from "../../playbooks/fill-playbook.ts";
import { AreaField, Choice, TextField } from "../ui/field.tsx";
import { toRoleWords } from "./alert-view.ts";
import { PLAYBOOK_LABELS as LABELS, PATTERN_WORDS } from "./parse-playbook.ts";
import type { Field } from "./parse-rule.ts";
import { UnitField } from "./unit-field.tsx";

const ROLES = ["cs_lead", "product_manager", "support_lead", "account_manager"];
const EXITS = {
  "": "the rule's condition is over",
  tier: "… and the account is healthy",
  score: "… and the score is at least",
};

/** What a playbook says, in a form. */
export const PlaybookFields: FC<{ fields: Field }> = ({ fields }) => (
  <>
    <TextField
      name="name"
      label={LABELS.name}
      value={fields("name")}
      input={{ required: true, maxlength: 200 }}
    />
    <div class="fields">
      <TextField
        name="ownerRole"
        label={LABELS.ownerRole}
        value={fields("ownerRole")}
        input={{ list: "roles", required: true, maxlength: 100 }}
      />
      <datalist id="roles">
        {ROLES.map((role) => (
          <option value={role}>{toRoleWords(role)}</option>
        ))}
      </datalist>
      <UnitField
        name="dueHours"
        label={LABELS.dueHours}
        unit="hours"
        range={[0, 8_760, "any"]}
        value={fields("dueHours")}
      />
    </div>
    <AreaField
      name="steps"
      label={LABELS.steps}
      value={fields("steps")}
      hint="One a line, at most 20; they are ticked off in the alert."
      input={{ class: "tall", required: true }}
    />
    <AreaField
      name="message"
      label={LABELS.message}
      value={fields("message")}
      hint={
        <>
          Filled in:{" "}
          {TEMPLATE_NAMES.map((name) => (
            <>
              <code class="nowrap">{`{{ ${name} }}`}</code>{" "}
            </>
          ))}
        </>
      }
      input={{ class: "tall", maxlength: 4_000 }}
    />
    <div class="fields">
      <Choice
        name="pattern"
        label={LABELS.pattern}
        value={fields("pattern")}
        words={{ "": "a rule names it", ...PATTERN_WORDS }}
      />
      <Choice name="exit" label="Ends by itself when" value={fields("exit")} words={EXITS} />
      <TextField
        name="exitScore"
        label={LABELS.exitScore}
        value={fields("exitScore")}
        hint="only for “at least”"
        input={{ type: "number", min: 0, max: 100 }}
      />
    </div>
  </>
);
