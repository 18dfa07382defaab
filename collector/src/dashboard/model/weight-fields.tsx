import type { ScoringModel } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { type TrialWeights, weightField } from "./trial.ts";

/** A slider with its number; the slider needs scripts and stays hidden without. */
export const SliderField: FC<{
  name: string;
  label: string;
  note?: string;
  value: string;
  unit: string;
  range: readonly [least: number, most: number, step: number];
}> = ({ name, label, note, value, unit, range: [least, most, step] }) => (
  <div class="weight">
    <label for={name}>
      {label}
      {note && <span class="soft small block">{note}</span>}
    </label>
    <input
      type="range"
      min={least}
      max={most}
      step={step}
      value={value || least}
      data-pair={name}
      aria-label={`${label}, slider`}
      hidden
    />
    <span class="with-icon">
      <input id={name} name={name} type="number" step="any" value={value} />
      <span class="unit">{unit}</span>
    </span>
  </div>
);

/** The weights of the components and the bounds of the tiers. */
export const WeightFields: FC<{ model: ScoringModel; trial: TrialWeights }> = ({
  model,
  trial,
}) => (
  <>
    {model.components.map(({ key, label }) => (
      <SliderField
        name={weightField(key)}
        label={label}
        value={String(Math.round((trial.weights.get(key) ?? 0) * 10) / 10)}
        unit="%"
        range={[0, 100, 1]}
      />
    ))}
    <p class="soft small" data-sum>
      Weights are divided by their sum.
    </p>
    <div class="row">
      <BoundField name="healthy-from" label="Healthy from" value={trial.healthyFrom} />
      <BoundField name="critical-below" label="Critical below" value={trial.criticalBelow} />
    </div>
  </>
);

const BoundField: FC<{ name: string; label: string; value: number }> = ({ name, label, value }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <input
      id={name}
      name={name}
      type="number"
      min="0"
      max="100"
      step="0.5"
      required
      value={value}
    />
  </div>
);
