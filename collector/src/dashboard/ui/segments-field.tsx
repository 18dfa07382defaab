import type { FC } from "hono/jsx";
import { CheckField, GroupField } from "./field.tsx";

interface SegmentsFieldProps {
  legend: string;
  segments: readonly { key: string; name: string }[];
  /** Keys; one that is no segment any more can still be unchosen. */
  chosen: readonly string[];
}

/** Which segments something is for; nothing where there are none. */
export const SegmentsField: FC<SegmentsFieldProps> = ({ legend, segments, chosen }) => {
  const gone = chosen.filter((one) => !segments.some(({ key }) => key === one));
  const offered = [...segments, ...gone.map((key) => ({ key, name: key }))];
  if (offered.length === 0) return null;
  return (
    <GroupField id="segments" legend={legend}>
      <div class="row">
        {offered.map(({ key, name }) => (
          <CheckField name="segments" value={key} label={name} isOn={chosen.includes(key)} />
        ))}
      </div>
    </GroupField>
  );
};
