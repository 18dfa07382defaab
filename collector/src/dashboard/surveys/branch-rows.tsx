import type { FC } from "hono/jsx";
import { FieldNotes, useDescription } from "../ui/field.tsx";
import { BRANCH_WORDS, type BranchDraft, MOST_BRANCHES } from "./branch-draft.ts";
import { MOST_STEPS } from "./draft.ts";
import { withSpare } from "./field-rows.tsx";

const NONE: BranchDraft = { operator: "at_most", value: "", goTo: "" };

/** Where the answers to a question lead, in place of the next one; the first that fits wins. */
export const BranchRows: FC<{ branches: readonly BranchDraft[]; number: number }> = ({
  branches,
  number,
}) => (
  <details {...(branches.length > 0 && { open: true })}>
    <summary class="small">Go elsewhere by the answer</summary>
    <fieldset class="rows-of-fields">
      <legend>If the answer is … go to …; else to the next question</legend>
      {withSpare(branches, { none: NONE, most: MOST_BRANCHES }).map((branch, at) => (
        <BranchRow branch={branch} name={`branch-${number}-${at + 1}`} number={number} />
      ))}
      <p class="hint">
        A thumb up is 1, a thumb down 0; an option goes by what stands in its brackets.
      </p>
    </fieldset>
  </details>
);

const BranchRow: FC<{ branch: BranchDraft; name: string; number: number }> = ({
  branch: { operator, value, goTo },
  name,
  number,
}) => {
  const places = {
    "": "–",
    end: "the end",
    ...Object.fromEntries(
      Array.from({ length: MOST_STEPS }, (_, at) => at + 1)
        .filter((place) => place !== number)
        .map((place) => [String(place), `question ${place}`]),
    ),
    thanks: "the thanks",
  };
  return (
    <div class="field-row">
      <select name={`${name}-operator`} aria-label={`How answer ${name.slice(7)} is compared`}>
        {Object.entries(BRANCH_WORDS).map(([key, word]) => (
          <option value={key} selected={key === operator}>
            {word}
          </option>
        ))}
      </select>
      <input
        id={`${name}-value`}
        name={`${name}-value`}
        value={value}
        maxlength={200}
        placeholder="6"
        aria-label={`Answer ${name.slice(7)}`}
        {...useDescription(`${name}-value`)}
      />
      <select
        id={`${name}-goto`}
        name={`${name}-goto`}
        aria-label={`Where answer ${name.slice(7)} leads`}
        {...useDescription(`${name}-goto`)}
      >
        {Object.entries(places).map(([place, word]) => (
          <option value={place} selected={place === goTo}>
            {word}
          </option>
        ))}
      </select>
      <FieldNotes id={`${name}-value`} />
      <FieldNotes id={`${name}-goto`} />
    </div>
  );
};
