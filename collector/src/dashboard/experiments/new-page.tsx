import type { FC } from "hono/jsx";
import { UnitField } from "../alerts/unit-field.tsx";
import { Choice, Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { EXPERIMENTS_PATH } from "./list-page.tsx";
import { EXPERIMENT_LABELS, NO_ALERT, UNUSED, VARIANTS } from "./parse-experiment.ts";

interface NewExperimentProps {
  fields: (name: string) => string;
  faults: FieldFault[];
  /** That may be split, by key. */
  rules: { key: string; name: string }[];
}

/** A form for splitting accounts between alert rules. */
export const NewExperimentPage: FC<NewExperimentProps> = ({ fields, faults, rules }) => {
  const choices = { [NO_ALERT]: "no alert", ...toWords(rules) };
  return (
    <>
      <p class="crumb">
        <a href={EXPERIMENTS_PATH}>Experiments</a>
      </p>
      <PageHead
        title="New experiment"
        note="Each account is put in one variant for good, and only that variant's rule may open alerts for it."
      />
      <Panel title="The experiment">
        <Faulty faults={faults}>
          <form method="post" action={EXPERIMENTS_PATH} class="stack">
            <TextField
              name="name"
              label={EXPERIMENT_LABELS.name}
              value={fields("name")}
              input={{ required: true, maxlength: 200, placeholder: "Early or late outreach" }}
            />
            {VARIANTS.map(({ key, label }, i) => (
              <fieldset class="stack tight">
                <legend>{label}</legend>
                <div class="fields">
                  <Choice
                    name={`rule-${key}`}
                    label="Rule"
                    value={fields(`rule-${key}`)}
                    words={{ [UNUSED]: i < 2 ? "choose …" : "not used", ...choices }}
                  />
                  <TextField
                    name={`share-${key}`}
                    label="Share of accounts"
                    value={fields(`share-${key}`)}
                    hint="1 and 1 is half and half"
                    input={{ type: "number", min: 0, max: 1_000, step: "any" }}
                  />
                </div>
              </fieldset>
            ))}
            <fieldset class="stack tight">
              <legend>How large must it be?</legend>
              <div class="fields">
                <UnitField
                  name="baselineShare"
                  label={EXPERIMENT_LABELS.baselineShare}
                  unit="%"
                  range={[0, 100, "any"]}
                  value={fields("baselineShare")}
                />
                <UnitField
                  name="targetShare"
                  label={EXPERIMENT_LABELS.targetShare}
                  unit="%"
                  range={[0, 100, "any"]}
                  value={fields("targetShare")}
                />
              </div>
              <p class="soft small">
                From these two follows how many accounts a variant needs, to find the difference in
                four cases of five.
              </p>
            </fieldset>
            <div class="row">
              <button type="submit" class="primary">
                Start
              </button>
            </div>
          </form>
        </Faulty>
      </Panel>
    </>
  );
};

const toWords = (rules: NewExperimentProps["rules"]): Record<string, string> =>
  Object.fromEntries(rules.map(({ key, name }) => [key, name]));
