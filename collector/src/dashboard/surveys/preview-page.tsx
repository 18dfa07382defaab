import type { SurveyContent } from "@telltale/protocol";
import { html, raw } from "hono/html";
import type { FC } from "hono/jsx";
import type { Assets } from "../assets.ts";

interface PreviewProps {
  /** What is shown. */
  content: SurveyContent;
  theme: "auto" | "light" | "dark";
  assets: Assets;
  nonce: string;
}

/** A stand-in for somebody's app, with the real widget in it. */
export const PreviewPage: FC<PreviewProps> = ({ content, theme, assets, nonce }) => (
  <>
    {html`<!doctype html>`}
    <html lang="en" class={`sample theme-${theme}`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Preview</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style.path} nonce={nonce} />
        <script type="module" src={assets.islands.get("preview")?.path} nonce={nonce} />
      </head>
      <body>
        <div class="sample-app" aria-hidden="true">
          <div class="preview-line title" />
          <div class="preview-line" />
          <div class="preview-line short" />
          <div class="preview-line" />
        </div>
        <p class="sample-note" id="said" aria-live="polite" />
        <script type="application/json" id="survey">
          {raw(toDataBlock(content))}
        </script>
      </body>
    </html>
  </>
);

/** JSON that cannot end the element around it. */
function toDataBlock(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
