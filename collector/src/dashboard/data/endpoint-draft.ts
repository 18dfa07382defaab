import type { Endpoint } from "../../webhooks/endpoints.ts";
import { type FormFields, toFields } from "../form.ts";

/** A webhook endpoint as its form holds it. */
export interface EndpointDraft {
  url: string;
  description: string;
  types: string[];
  tiers: string[];
  segments: string[];
  format: string;
  /** One a line, `their field = our value`. */
  fieldMap: string;
  /** Of the vendor's API; never shown again. */
  token: string;
  email: string;
  secret: string;
  maxConcurrent: string;
  maxPerSecond: string;
}

/** The fields of the form as people read them, by the names of what is checked. */
export const ENDPOINT_LABELS: Readonly<Record<string, string>> = {
  url: "The URL",
  description: "The description",
  types: "The messages",
  tiers: "The tiers",
  segments: "The segments",
  format: "The format",
  fieldMap: "The field map",
  credentials: "The token",
  secret: "The secret",
  maxConcurrent: "Messages at once",
  maxPerSecond: "Messages a second",
};

/** Reads the form of an endpoint. */
export const parseEndpoint = (field: FormFields): EndpointDraft => ({
  url: field("url"),
  description: field("description"),
  types: field.all("types"),
  tiers: field.all("tiers"),
  segments: field.all("segments"),
  format: field("format") || "standard",
  fieldMap: field("fieldMap").replace(/\r\n?/g, "\n"),
  token: field("credentials"),
  email: field("email"),
  secret: field("secret"),
  maxConcurrent: field("maxConcurrent"),
  maxPerSecond: field("maxPerSecond"),
});

/** A form for a new endpoint. */
export const emptyEndpoint = (): EndpointDraft => parseEndpoint(toFields(() => []));

/** An endpoint as its form shows it. */
export const toEndpointDraft = (endpoint: Endpoint): EndpointDraft => ({
  url: endpoint.url,
  description: endpoint.description,
  types: endpoint.types,
  tiers: endpoint.tiers,
  segments: endpoint.segments,
  format: endpoint.format,
  fieldMap: Object.entries(endpoint.fieldMap ?? {})
    .map(([field, value]) => `${field} = ${value}`)
    .join("\n"),
  token: "",
  email: "",
  secret: "",
  maxConcurrent: String(endpoint.maxConcurrent),
  maxPerSecond: endpoint.maxPerSecond === null ? "" : String(endpoint.maxPerSecond),
});

/** What the form says; the schema has the last word on it. What is empty and secret stays. */
export function toEndpointInput(draft: EndpointDraft): Record<string, unknown> {
  const { url, description, types, tiers, segments, token, email, fieldMap } = draft;
  const lines = fieldMap.split("\n").filter((line) => line.trim() !== "");
  const pairs = lines.map((line) => {
    const [field = "", ...value] = line.split("=");
    return [field.trim(), value.join("=").trim()] as const;
  });
  return {
    url,
    description,
    types,
    tiers,
    segments,
    ...(pairs.length > 0 && { fieldMap: Object.fromEntries(pairs) }),
    ...(token !== "" && { credentials: { token, ...(email !== "" && { email }) } }),
    ...(draft.maxConcurrent !== "" && { maxConcurrent: Number(draft.maxConcurrent) }),
    maxPerSecond: draft.maxPerSecond === "" ? null : Number(draft.maxPerSecond),
  };
}
