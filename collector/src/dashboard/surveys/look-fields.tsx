import type { FC } from "hono/jsx";
import { CheckField, Choice, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/parts.tsx";
import { POSITION_WORDS, type SurveyDraft, THEME_WORDS } from "./draft.ts";

/** How a survey looks, and where it stands. */
export const LookFields: FC<{ draft: SurveyDraft }> = ({ draft }) => (
  <Panel title="Look">
    <div class="columns three">
      <Choice name="theme" label="Theme" value={draft.theme} words={THEME_WORDS} />
      <Choice name="position" label="Place" value={draft.position} words={POSITION_WORDS} />
      <div class="stack tight">
        <TextField name="accent" label="Accent" value={draft.accent} input={{ type: "color" }} />
        <CheckField name="plain" label="The widget's own colour" isOn={draft.isPlain} />
      </div>
      <TextField
        name="anchor"
        label="Thumbs stand beside (CSS selector)"
        value={draft.anchor}
        hint="Empty: in the place above"
        input={{ maxlength: 300, placeholder: "#export" }}
      />
    </div>
  </Panel>
);
