import { issuesOf, type Refusal, sayFault } from "../field-faults.ts";
import type { FieldFault } from "../ui/field.tsx";

const FIELDS: Record<string, string> = {
  delayMs: "delay",
  cancelEvents: "cancel",
  sampleShare: "sample",
  repeatAfterDays: "repeat",
  spreadDays: "spread",
  responseCap: "cap",
};

const TRIGGER_FIELDS: Record<string, string> = {
  seconds: "seconds",
  percent: "percent",
  selector: "clicked",
  text: "says",
};

const STEP_FIELDS: Record<string, string> = {
  prompt: "prompt",
  lowLabel: "low",
  highLabel: "high",
  options: "options",
  scale: "scale",
  measure: "measure",
  display: "display",
  placeholder: "placeholder",
  maxLength: "max",
  href: "href",
  label: "label",
};

/** The rows of tests begin with what is tested, and the form sees to its length. */
const NAMELESS = "name what the value is of, or empty the row";

/** The faults of a definition at the fields of the form that they come from. */
export function toFieldFaults(refusal: Refusal, places: readonly string[]): FieldFault[] {
  return issuesOf(refusal).map(({ path, message }) => {
    const parts = path.map(String).filter((part) => part !== "definition" && part !== "draft");
    const { field, about } = findField(parts, places);
    const words = parts.at(-1) === "property" ? NAMELESS : message;
    return { field, message: sayFault(`${about}:`, words) };
  });
}

function findField(
  [part = "", ...rest]: string[],
  places: readonly string[],
): { field: string; about: string } {
  const [first = "", second = ""] = rest;
  switch (part) {
    case "steps":
      return first === "" ? { field: "kind-1", about: "Questions" } : ofStep(rest, places);
    case "translations":
      return { field: "languages", about: `Language ${first}` };
    case "trigger":
      if (first === "where") {
        return { field: `where-${Number(second) + 1}-property`, about: "Test of a property" };
      }
      return { field: TRIGGER_FIELDS[first] ?? "about", about: "Ask when" };
    case "targeting":
      if (first === "segments") return { field: "segments", about: "Segments" };
      if (first === "devices") return { field: "devices", about: "Devices" };
      if (first === "selector") return { field: "selector", about: "Only beside" };
      return { field: `${first}-${Number(second) + 1}-property`, about: "Test of a trait" };
    case "quotas": {
      const end = second === "answers" ? "answers" : "segment";
      return { field: `quota-${Number(first) + 1}-${end}`, about: "Enough answers" };
    }
    case "tags":
      return { field: "tags", about: "Tags" };
    case "schedule":
      return first === "endAt"
        ? { field: "end", about: "End" }
        : { field: "start", about: "Start" };
    case "appearance":
      return { field: first, about: first === "anchor" ? "Stands beside" : "Look" };
    case "":
      return { field: "", about: "The survey" };
    default: {
      const field = FIELDS[part] ?? part;
      return { field, about: ABOUT[field] ?? part };
    }
  }
}

const ABOUT: Record<string, string> = {
  name: "Name",
  key: "Key",
  locale: "Language",
  delay: "Wait",
  cancel: "Not after",
  sample: "Share of the users",
  repeat: "Ask again",
  spread: "Spread",
  cap: "Stop after",
};

function ofStep(
  [index = "", part = "", at = "", ...rest]: string[],
  places: readonly string[],
): { field: string; about: string } {
  const place = places[Number(index)] ?? "1";
  if (place === "thanks") return { field: "thanks", about: "Thanks" };
  const about = `Question ${place}`;
  if (part === "branches" && at !== "") {
    const end = rest[0] === "goTo" ? "goto" : "value";
    return { field: `branch-${place}-${Number(at) + 1}-${end}`, about };
  }
  return { field: `${STEP_FIELDS[part] ?? "kind"}-${place}`, about };
}
