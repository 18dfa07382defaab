import type { FC } from "hono/jsx";

/** A field with a choice of words. */
export const Choice: FC<{
  name: string;
  label: string;
  value: string;
  words: Record<string, string>;
}> = ({ name, label, value, words }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {Object.entries(words).map(([key, word]) => (
        <option value={key} selected={key === value}>
          {word}
        </option>
      ))}
    </select>
  </div>
);
