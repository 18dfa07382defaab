import type { FC } from "hono/jsx";
import type { SurveyDraft } from "./draft.ts";

const FACES = ["😠", "🙁", "😐", "🙂", "😍"];

const Marks: FC<{ draft: SurveyDraft }> = ({ draft: { kind } }) => {
  if (kind === "text") return <div class="preview-text" />;
  const marks =
    kind === "nps"
      ? Array.from({ length: 11 }, (_, mark) => String(mark))
      : kind === "csat"
        ? FACES
        : kind === "stars"
          ? Array<string>(5).fill("★")
          : kind === "ces"
            ? Array.from({ length: 7 }, (_, mark) => String(mark + 1))
            : ["👍", "👎"];
  return (
    <div class={`preview-marks preview-${kind}`}>
      {marks.map((mark) => (
        <span>{mark}</span>
      ))}
    </div>
  );
};

/** The survey in an app, as people will see it, drawn without its script. */
export const SurveyPreview: FC<{ draft: SurveyDraft; device: "desktop" | "phone" }> = ({
  draft,
  device,
}) => (
  <div
    class={`preview-app preview-app-${device} theme-${draft.theme}`}
    role="img"
    aria-label={`Preview: ${draft.prompt}`}
  >
    <div class="preview-line" />
    <div class="preview-line short" />
    <div class="preview-line" />
    <div class={`preview-card at-${draft.position}`} lang={draft.locale}>
      <p>{draft.prompt}</p>
      <Marks draft={draft} />
      <svg class="preview-accent" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="2" fill={draft.accent} />
      </svg>
    </div>
  </div>
);
