import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { createContext, useContext } from "hono/jsx";
import { Notice } from "./notice.tsx";

/** What is wrong with a form, and where. */
export interface FieldFault {
  /** The id of its field; empty: the form as a whole. */
  field: string;
  message: string;
}

const FaultContext = createContext<readonly FieldFault[]>([]);

/** A form that was refused: the faults on top, each with a way to its field, and beside the fields. */
export const Faulty: FC<PropsWithChildren<{ faults: readonly FieldFault[] }>> = ({
  faults,
  children,
}) => (
  <FaultContext.Provider value={faults}>
    {faults.length > 0 && (
      // Takes the focus, so that whoever cannot see it comes upon it first.
      <div id="faults" tabindex={-1} autofocus>
        <Notice kind="bad">
          <p>
            {faults.length === 1
              ? "Not done yet; one thing is in the way:"
              : "Not done yet; these are in the way:"}
          </p>
          <ul>
            {faults.map(({ field, message }) => (
              <li>{field === "" ? message : <a href={`#${field}`}>{message}</a>}</li>
            ))}
          </ul>
        </Notice>
      </div>
    )}
    {children}
  </FaultContext.Provider>
);

/** What ties an input to its hint and to its fault, for screen readers. */
export function useDescription(id: string, hint?: Child): Record<string, string> {
  const isFaulty = useContext(FaultContext).some(({ field }) => field === id);
  const ids = [hint && `${id}-hint`, isFaulty && `${id}-fault`].filter(Boolean).join(" ");
  return {
    ...(ids && { "aria-describedby": ids }),
    ...(isFaulty && { "aria-invalid": "true" }),
  };
}

/** The hint below a field, and what is wrong with it. */
export const FieldNotes: FC<{ id: string; hint?: Child }> = ({ id, hint }) => (
  <>
    {hint && (
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    )}
    {useContext(FaultContext)
      .filter(({ field }) => field === id)
      .slice(0, 1)
      .map(({ message }) => (
        <span class="fault" id={`${id}-fault`}>
          {message}
        </span>
      ))}
  </>
);

interface FieldProps {
  /** Name and id. */
  name: string;
  label: Child;
  value: string | number;
  hint?: Child;
  /** Further attributes of the input. */
  input?: Record<string, string | number | boolean>;
}

/** One line of text, or a number. */
export const TextField: FC<FieldProps> = ({ name, label, value, hint, input }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <input id={name} name={name} value={value} {...input} {...useDescription(name, hint)} />
    <FieldNotes id={name} hint={hint} />
  </div>
);

/** Several lines of text. */
export const AreaField: FC<FieldProps> = ({ name, label, value, hint, input }) => (
  <div class="field">
    <label for={name}>{label}</label>
    {/* A parser drops the first line break of a text area; this one is there to be dropped. */}
    <textarea id={name} name={name} {...input} {...useDescription(name, hint)}>
      {`\n${value}`}
    </textarea>
    <FieldNotes id={name} hint={hint} />
  </div>
);

/** A choice of words. */
export const Choice: FC<FieldProps & { words: Record<string, string> }> = ({
  name,
  label,
  value,
  hint,
  input,
  words,
}) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name} {...input} {...useDescription(name, hint)}>
      {Object.entries(words).map(([key, word]) => (
        <option value={key} selected={key === value}>
          {word}
        </option>
      ))}
    </select>
    <FieldNotes id={name} hint={hint} />
  </div>
);

/** Choices that belong together, with what is wrong with them. */
export const GroupField: FC<PropsWithChildren<{ id: string; legend: Child; class?: string }>> = ({
  id,
  legend,
  class: name,
  children,
}) => (
  <fieldset id={id} {...(name && { class: name })} {...useDescription(id)}>
    <legend>{legend}</legend>
    {children}
    <FieldNotes id={id} />
  </fieldset>
);

/** Yes or no. */
export const CheckField: FC<{ name: string; label: Child; isOn: boolean; value?: string }> = ({
  name,
  label,
  isOn,
  value = "on",
}) => (
  <label class="check">
    <input type="checkbox" name={name} value={value} checked={isOn} />
    <span>{label}</span>
  </label>
);
