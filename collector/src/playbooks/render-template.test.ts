import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findTemplateFaults, renderTemplate } from "./render-template.ts";

describe("renderTemplate", () => {
  it("fills names, falls back when a value is empty, and lists one item a line", () => {
    const values = { name: "Acme", nobody: "", drivers: ["Usage −4", "Satisfaction −12"] };
    expect(renderTemplate('{{ name }}: {{nobody | "someone"}}\n{{ drivers }}', values)).toBe(
      "Acme: someone\n• Usage −4\n• Satisfaction −12",
    );
  });

  it("never fills in what it filled in, nor reaches beyond the values", () => {
    expect(renderTemplate("{{ a }}", { a: "{{ b }}", b: "secret" })).toBe("{{ b }}");
    expect(renderTemplate("{{ constructor }}{{ toString }}", {})).toBe("");
  });

  it("passes any other text on as it is", () => {
    const plain = fc.string().filter((text) => !text.includes("{{") && text.length < 4_000);
    fc.assert(
      fc.property(plain, (text) => {
        expect(renderTemplate(text, {})).toBe(text);
      }),
    );
  });
});

describe("findTemplateFaults", () => {
  it("names what does not exist and braces that don't belong together", () => {
    expect(findTemplateFaults("{{ name }}", ["name"])).toEqual([]);
    expect(findTemplateFaults("{{ nome }}", ["name"])).toHaveLength(1);
    expect(findTemplateFaults("{{ name.length }}", ["name"])).toHaveLength(1);
    expect(findTemplateFaults("{{ name", ["name"])).toHaveLength(1);
  });
});
