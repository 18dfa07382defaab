import { SURVEY_MESSAGES } from "@telltale/protocol/messages";
import type { FC } from "hono/jsx";
import { toQuery } from "../format.ts";
import { Panel } from "../ui/parts.tsx";
import type { SurveyDraft } from "./draft.ts";

const languageNames = new Intl.DisplayNames("en", { type: "language" });

function toPreviewPath(draft: SurveyDraft, id: string | null, language: string): string {
  const steps = draft.steps.flatMap((step, at) => [
    [`id-${at + 1}`, step.id],
    [`kind-${at + 1}`, step.kind],
    [`prompt-${at + 1}`, step.prompt],
    [`options-${at + 1}`, step.options],
  ]);
  const { thanks, theme, position, accent, locale, name } = draft;
  const look = { name: name || "Preview", thanks, theme, position, accent, locale };
  return `/dashboard/surveys/preview${toQuery({ ...Object.fromEntries(steps), ...look, survey: id, language })}`;
}

/** The real widget with the survey as it is in the form, on a computer and on a phone. */
export const PreviewPanel: FC<{ draft: SurveyDraft; id: string | null; language: string }> = ({
  draft,
  id,
  language,
}) => {
  const path = toPreviewPath(draft, id, language);
  return (
    <Panel title="Preview" note="the real widget; nothing is stored">
      <div class="field">
        <label for="language">For somebody who reads</label>
        <select id="language" name="language" form="build">
          {Object.keys(SURVEY_MESSAGES).map((code) => (
            <option value={code} selected={code === language}>
              {languageNames.of(code)}
            </option>
          ))}
        </select>
      </div>
      <div id="preview" class="previews">
        <div class="preview preview-desktop">
          <iframe src={path} title="Preview on a computer" />
        </div>
        <div class="preview preview-phone">
          <iframe src={path} title="Preview on a phone" />
        </div>
      </div>
    </Panel>
  );
};
