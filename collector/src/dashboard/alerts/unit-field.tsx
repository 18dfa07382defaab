import type { FC } from "hono/jsx";
import { FieldNotes, useDescription } from "../ui/field.tsx";

interface UnitFieldProps {
  /** Name and id. */
  name: string;
  label: string;
  unit: string;
  range: readonly [least: number, most: number, step: number | "any"];
  value: string;
  /** Where a number may be left out, what that means. */
  hint?: string;
}

/** A number and its unit beside it. */
export const UnitField: FC<UnitFieldProps> = ({ name, label, unit, range, value, hint }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <span class="with-unit">
      <input
        id={name}
        name={name}
        type="number"
        min={range[0]}
        max={range[1]}
        step={range[2]}
        value={value}
        required={hint === undefined}
        {...useDescription(name, hint)}
      />
      <span>{unit}</span>
    </span>
    <FieldNotes id={name} hint={hint} />
  </div>
);
