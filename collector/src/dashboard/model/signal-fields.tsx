import type { FC } from "hono/jsx";
import type { Scenario } from "./read-scenario.ts";
import { type MovableSignal, roundShown, signalField, toSignalUnit } from "./signal-input.ts";
import { SliderField } from "./weight-fields.tsx";

/** How far many accounts are moved at most, in points or per cent. */
const MOST_CHANGE = 50;

/** One slider a signal: what it becomes for one account, by how much it moves for many. */
export const SignalFields: FC<{ scenario: Scenario }> = ({ scenario }) => {
  const { signals, account, fields } = scenario;
  if (signals.length === 0) {
    return <p class="soft">Each signal of this model is compared with the account's own past.</p>;
  }
  return (
    <fieldset class="stack">
      <legend class="hidden-text">Signals</legend>
      {signals.map((signal) =>
        account ? (
          <ValueField signal={signal} given={fields(signalField(signal.key))} />
        ) : (
          <SliderField
            name={signalField(signal.key)}
            label={signal.label}
            value={fields(signalField(signal.key)) || "0"}
            unit={toSignalUnit(signal.unit).changeWord}
            range={[-MOST_CHANGE, MOST_CHANGE, 1]}
          />
        ),
      )}
    </fieldset>
  );
};

const ValueField: FC<{ signal: MovableSignal; given: string }> = ({ signal, given }) => {
  const { toShown, word } = toSignalUnit(signal.unit);
  const present = signal.value === null ? null : roundShown(toShown(signal.value));
  const [low, typical, high] = (signal.typical ?? [0, 0, 0]).map((one) => roundShown(toShown(one)));
  const ends = [low ?? 0, high ?? 0, present ?? 0];
  return (
    <SliderField
      name={signalField(signal.key)}
      label={signal.label}
      note={toNote(present, signal.typical ? (typical ?? 0) : null)}
      value={given || (present === null ? "" : String(present))}
      unit={word}
      range={[Math.min(...ends), Math.max(...ends), 0.1]}
    />
  );
};

const toNote = (present: number | null, typical: number | null): string => {
  const now = present === null ? "missing" : `now ${present}`;
  return (typical === null ? now : `${now}, typical ${typical}`).replaceAll("-", "−");
};
