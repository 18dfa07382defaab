import { expect, it } from "vitest";
import type { NewEvent } from "./new-event.ts";
import { toAccountProfiles } from "./to-account-profiles.ts";

it("takes external ids as texts, of numbers too, and leaves out what is none", () => {
  const groupOf = (externalIds: unknown) => {
    const event: Partial<NewEvent> = { accountId: "acme", occurredAt: "2026-06-15" };
    return { ...event, properties: { externalIds } } as NewEvent;
  };
  const [profile] = toAccountProfiles([
    groupOf({ hubspot: 5512345, salesforce: "001", odd: { a: 1 }, none: null, empty: "" }),
    groupOf("text"),
    groupOf(["list"]),
    groupOf({ zendesk: 77 }),
  ]);
  expect(JSON.parse(profile?.externalIds ?? "")).toEqual({
    hubspot: "5512345",
    salesforce: "001",
    zendesk: "77",
  });
});
