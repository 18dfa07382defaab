import { SURVEY_MESSAGES } from "@telltale/protocol/messages";
import type { FC } from "hono/jsx";
import { toQuery } from "../format.ts";
import { Panel } from "../ui/parts.tsx";
import { toLanguageName } from "./language-fields.tsx";

interface PreviewProps {
  /** What is shown, packed; null where there is nothing, or too much. */
  content: string | null;
  /** Why there is nothing to see. */
  fault: string | null;
  theme: string;
  language: string;
  /** Languages that the survey has texts in. */
  languages: string[];
}

/** The real widget with the survey as it is in the form, on a computer and on a phone. */
export const PreviewPanel: FC<PreviewProps> = ({ content, fault, theme, language, languages }) => {
  const path = `/dashboard/surveys/preview${toQuery({ content, theme, language })}`;
  const offered = new Set([language, ...languages, ...Object.keys(SURVEY_MESSAGES)]);
  return (
    <Panel title="Preview" note="the real widget; nothing is stored">
      <div class="field">
        <label for="language">For somebody who reads</label>
        <select id="language" name="language" form="build">
          {[...offered].map((code) => (
            <option value={code} selected={code === language}>
              {toLanguageName(code)}
            </option>
          ))}
        </select>
      </div>
      <div id="preview" class="previews">
        {content === null ? (
          <p class="soft">Nothing to show yet{fault ? `. ${fault}` : "."}</p>
        ) : (
          <>
            <div class="preview preview-desktop">
              <iframe src={path} title="Preview on a computer" />
            </div>
            <div class="preview preview-phone">
              <iframe src={path} title="Preview on a phone" />
            </div>
          </>
        )}
      </div>
    </Panel>
  );
};
