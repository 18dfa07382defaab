/** What a template may name; a list becomes a line an item. */
export type TemplateValues = { readonly [name: string]: string | readonly string[] };

const PLACEHOLDER = /\{\{\s*([a-z][a-zA-Z]*)\s*(?:\|\s*"([^"{}]*)"\s*)?\}\}/g;

/** Longest text that a template may become, in UTF-16 code units. */
const MAX_RENDERED = 4_000;

/**
 * Fills `{{ name }}`, or `{{ name | "fallback" }}` for when the value is empty. That is the whole
 * language: no expressions, no code, no markup, so a template can do nothing but say something.
 */
export function renderTemplate(template: string, values: TemplateValues): string {
  const text = template.replace(PLACEHOLDER, (_, name: string, fallback: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const filled = typeof value === "string" ? value : (value ?? []).map(toLine).join("\n");
    return filled === "" ? (fallback ?? "") : filled;
  });
  return text.slice(0, MAX_RENDERED);
}

/** The faults of a template: names that don't exist and braces that close nothing. */
export function findTemplateFaults(template: string, names: readonly string[]): string[] {
  const faults: string[] = [];
  const rest = template.replace(PLACEHOLDER, (_, name: string) => {
    if (!names.includes(name)) faults.push(`{{ ${name} }} is not one of ${names.join(", ")}`);
    return "";
  });
  if (/\{\{|\}\}/.test(rest)) faults.push('write {{ name }} or {{ name | "fallback" }}');
  return faults;
}

function toLine(item: string): string {
  return `• ${item}`;
}
