import type { FC } from "hono/jsx";
import { Choice } from "./form-fields.tsx";
import { STEP_KINDS, type StepDraft } from "./step-draft.ts";

const WORDS = Object.fromEntries(Object.entries(STEP_KINDS).map(([key, { word }]) => [key, word]));
const { kept, ...NEW_WORDS } = WORDS;

/** The questions of a survey, one below the other; empty ones fold away. */
export const StepFields: FC<{ steps: StepDraft[]; number?: number }> = ({ steps, number = 1 }) => {
  const step = steps[number - 1];
  if (!step) return null;
  // Each hides in the one before it, so that only the next one is offered.
  const fields = (
    <>
      <OneStep step={step} number={number} />
      <StepFields steps={steps} number={number + 1} />
    </>
  );
  if (number === 1 || step.kind !== "") return fields;
  return (
    <details class="more-steps">
      <summary class="small">
        {number === 2 ? "Then ask something more" : `Add question ${number}`}
      </summary>
      {fields}
    </details>
  );
};

const OneStep: FC<{ step: StepDraft; number: number }> = ({ step, number }) => (
  <fieldset class="step">
    <legend>{number === 1 ? "First question" : `Question ${number}`}</legend>
    <input type="hidden" name={`id-${number}`} value={step.id} />
    <Choice
      name={`kind-${number}`}
      label="Kind"
      value={step.kind}
      words={{
        ...(number > 1 && { "": step.id ? "Ask this no more" : "None" }),
        ...NEW_WORDS,
        ...(step.kind === "kept" && { kept }),
      }}
    />
    <div class="field">
      <label for={`prompt-${number}`}>Question</label>
      <input
        id={`prompt-${number}`}
        name={`prompt-${number}`}
        maxlength={500}
        value={step.prompt}
        {...(number === 2 && { placeholder: "What is the main reason?" })}
      />
    </div>
    <div class="field options">
      <label for={`options-${number}`}>Options, one a line</label>
      <textarea
        id={`options-${number}`}
        name={`options-${number}`}
        maxlength={5000}
        placeholder={"Faster reports\nSingle sign-on # sso"}
      >
        {step.options}
      </textarea>
      <span class="hint">
        Behind “ # ” stands a tag: who chooses it counts on the roadmap, by the value at risk.
      </span>
    </div>
  </fieldset>
);
