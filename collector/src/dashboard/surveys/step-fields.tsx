import type { FC } from "hono/jsx";
import { AreaField, CheckField, Choice, TextField } from "../ui/field.tsx";
import { BranchRows } from "./branch-rows.tsx";
import type { StepDraft } from "./step-draft.ts";
import { DISPLAY_WORDS, MEASURE_WORDS, SCALE_WORDS, STEP_KINDS } from "./step-kinds.ts";

const WORDS = Object.fromEntries(Object.entries(STEP_KINDS).map(([key, { word }]) => [key, word]));

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
  const isUsed = steps.slice(number - 1).some(({ kind, id }) => kind !== "" || id !== "");
  if (number === 1 || isUsed) return fields;
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
      words={{ ...(number > 1 && { "": step.id ? "Ask this no more" : "None" }), ...WORDS }}
    />
    <TextField
      name={`prompt-${number}`}
      label="Question"
      value={step.prompt}
      input={{
        maxlength: 500,
        ...(number === 2 && { placeholder: "What is the main reason?" }),
      }}
    />
    <RatingFields step={step} number={number} />
    <ChoiceFields step={step} number={number} />
    <WordFields step={step} number={number} />
    <BranchRows branches={step.branches} number={number} />
    {(number > 1 || step.id !== "") && (
      <details>
        <summary class="small">Order</summary>
        <TextField
          name={`position-${number}`}
          label="Asked as number"
          value={step.position}
          input={{ type: "number", min: 1, max: 99, class: "short" }}
        />
      </details>
    )}
  </fieldset>
);

interface PartProps {
  step: StepDraft;
  number: number;
}

const RatingFields: FC<PartProps> = ({ step, number }) => (
  <>
    <div class="columns three for-rating">
      <Choice
        name={`measure-${number}`}
        label="What it measures"
        value={step.measure}
        words={MEASURE_WORDS}
      />
      <Choice
        name={`display-${number}`}
        label="Shown as"
        value={step.display}
        words={DISPLAY_WORDS}
      />
      <Choice name={`scale-${number}`} label="Scale" value={step.scale} words={SCALE_WORDS} />
    </div>
    <details
      class="for-scale"
      {...((step.lowLabel !== "" || step.highLabel !== "") && { open: true })}
    >
      <summary class="small">Words at the ends of the scale</summary>
      <div class="columns three">
        <TextField
          name={`low-${number}`}
          label="At the low end"
          value={step.lowLabel}
          input={{ maxlength: 100, placeholder: "Not at all" }}
        />
        <TextField
          name={`high-${number}`}
          label="At the high end"
          value={step.highLabel}
          input={{ maxlength: 100, placeholder: "Very much" }}
        />
      </div>
    </details>
  </>
);

const ChoiceFields: FC<PartProps> = ({ step, number }) => (
  <div class="stack tight for-options">
    <AreaField
      name={`options-${number}`}
      label="Options, one a line"
      value={step.options}
      hint={
        <>
          Behind “ # ” stands a tag: who chooses it counts on the roadmap. In [brackets] stands what
          is stored; keep it, and the words may change.
        </>
      }
      input={{ maxlength: 10_000, placeholder: "Faster reports\nSingle sign-on # sso" }}
    />
    <CheckField name={`other-${number}`} label="An answer in own words too" isOn={step.hasOther} />
    <CheckField
      name={`shuffled-${number}`}
      label="In a new order for each person"
      isOn={step.isShuffled}
    />
  </div>
);

const WordFields: FC<PartProps> = ({ step, number }) => (
  <>
    <div class="stack tight for-text">
      <div class="columns three">
        <TextField
          name={`placeholder-${number}`}
          label="Shown while empty"
          value={step.placeholder}
          input={{ maxlength: 100 }}
        />
        <TextField
          name={`max-${number}`}
          label="Longest answer, characters"
          value={step.maxLength}
          input={{ type: "number", min: 1, max: 8_000 }}
        />
      </div>
      <CheckField name={`optional-${number}`} label="May be left empty" isOn={step.isOptional} />
    </div>
    <div class="columns three for-link">
      <TextField
        name={`href-${number}`}
        label="Leads to"
        value={step.href}
        input={{ maxlength: 2_000, placeholder: "https://" }}
      />
      <TextField
        name={`label-${number}`}
        label="Words of the link"
        value={step.label}
        input={{ maxlength: 100, placeholder: "Book a call" }}
      />
    </div>
  </>
);
