import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyDefinition } from "../../../test/survey-arbitrary.ts";
import { surveyOf } from "../../../test/surveys.ts";
import { toDefinition } from "../../surveys/change-surveys.ts";
import { definitionSchema } from "../../surveys/definition-schema.ts";
import { toFields } from "../form.ts";
import { BuildPage } from "./build-page.tsx";
import { parseDraft, type SurveyDraft, toSurveyDraft } from "./draft.ts";
import { toDefinitionInput } from "./to-definition.ts";

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const decode = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => ENTITIES[name] ?? all);
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : decode(found);
};

/** What a browser sends of a form that nobody touched: its successful controls. */
function submit(html: string): Map<string, string[]> {
  const sent = new Map<string, string[]>();
  const add = (tag: string, value: string): void => {
    const name = attribute(tag, "name");
    if (name) sent.set(name, [...(sent.get(name) ?? []), value.replace(/\r\n?|\n/g, "\r\n")]);
  };
  const controls =
    /<(input)\b[^>]*>|<(textarea)\b([^>]*)>([^<]*)<|<(select)\b([^>]*)>(.*?)<\/select/gs;
  for (const [
    tag,
    input,
    area,
    ofArea = "",
    text = "",
    ,
    ofSelect = "",
    options = "",
  ] of html.matchAll(controls)) {
    if (area) {
      add(ofArea, decode(text).replace(/^\r?\n/, ""));
    } else if (input) {
      const value = attribute(tag, "value") ?? "";
      const type = attribute(tag, "type");
      if (type === "checkbox" && !/\schecked=""/.test(tag)) continue;
      // Inputs of one line take the line breaks out; hidden ones and boxes don't.
      const isLine = type !== "hidden" && type !== "checkbox";
      add(tag, isLine ? value.replace(/[\r\n]/g, "") : value);
    } else {
      const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, one = ""]) => one);
      const chosen = all.find((one) => /\sselected=""/.test(one)) ?? all[0] ?? "";
      add(ofSelect, attribute(chosen, "value") ?? "");
    }
  }
  return sent;
}

const show = (draft: SurveyDraft): string =>
  String(
    <BuildPage
      view={{
        draft,
        survey: { id: "1", name: "Any", wasLive: true, version: 3 },
        segments: [{ key: "large", name: "Large" }],
        features: ["export"],
        faults: [],
        audience: null,
        preview: { content: null, fault: null, language: "en" },
      }}
    />,
  );

describe("the survey form", () => {
  it("gives back every definition as it was when nobody changes anything", () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const survey = surveyOf(definition);
        const sent = submit(show(toSurveyDraft(survey)));
        const draft = parseDraft(toFields((name) => sent.get(name) ?? []));
        const saved = definitionSchema.parse(toDefinitionInput(draft, survey).definition);
        expect(toDefinition(saved)).toEqual(definition);
      }),
      { numRuns: 150 },
    );
  });

  it("shows again exactly what was typed", () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const read = (draft: SurveyDraft): SurveyDraft => {
          const sent = submit(show(draft));
          return parseDraft(toFields((name) => sent.get(name) ?? []));
        };
        const once = read(toSurveyDraft(surveyOf(definition)));
        expect(read(once)).toEqual(once);
      }),
      { numRuns: 50 },
    );
  });
});
