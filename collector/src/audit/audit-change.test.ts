import { describe, expect, it } from "vitest";
import { toAuditChange } from "./audit-change.ts";

describe("a change in the audit log", () => {
  it("has the fields that differ, before and after", () => {
    const before = { id: "1", name: "A", types: ["x"], updatedAt: 1 };
    const after = { id: "1", name: "B", types: ["x"], updatedAt: 2 };
    expect(toAuditChange(before, after)).toEqual({ name: { before: "A", after: "B" } });
  });

  it("is none where nothing differs, or nothing is known", () => {
    expect(toAuditChange({ a: [1] }, { a: [1] })).toBeNull();
    expect(toAuditChange(undefined, undefined)).toBeNull();
  });

  it("shows all of what is new, and of what is gone", () => {
    expect(toAuditChange(undefined, { name: "A" })).toEqual({ name: { after: "A" } });
    expect(toAuditChange({ name: "A" }, undefined)).toEqual({ name: { before: "A" } });
  });

  it("never shows a secret, wherever it stands", () => {
    const change = toAuditChange(undefined, {
      secret: "whsec_1",
      credentials: { token: "t-1" },
      settings: { identitySecret: "s-1", password: "p-1" },
      hasCredentials: true,
    });
    expect(JSON.stringify(change)).not.toMatch(/whsec_1|t-1|s-1|p-1/);
    expect(change?.hasCredentials).toEqual({ after: true });
  });

  it("never shows a list or an object under a secret name", () => {
    const change = toAuditChange(undefined, {
      reply: { text: ["private words"], hasText: true },
      settings: { credentials: { user: "u-1", pins: [4711] }, token: null, isPrivate: true },
    });
    expect(change).toEqual({
      reply: { after: { text: "(not shown)", hasText: true } },
      settings: { after: { credentials: "(not shown)", token: null, isPrivate: true } },
    });
  });

  it("cuts what nobody would read", () => {
    const change = toAuditChange(undefined, { text: "x".repeat(50_000) });
    expect(JSON.stringify(change).length).toBeLessThan(2_200);
  });

  it("never shows what people wrote", () => {
    const change = toAuditChange({ note: "private" }, { note: "more", alert: { text: "private" } });
    expect(JSON.stringify(change)).not.toContain("private");
    expect(change?.note).toEqual({ before: "(not shown)", after: "(not shown)" });
  });

  it("shows the text of the button that a survey waits for, which nobody wrote to us", () => {
    const trigger = { kind: "click", selector: "button", text: "Export" };
    const change = toAuditChange(
      { definition: { trigger } },
      {
        definition: { trigger: { ...trigger, text: "Save" } },
        trigger,
        reply: { text: "private" },
      },
    );
    expect(change?.definition).toMatchObject({
      before: { trigger: { text: "Export" } },
      after: { trigger: { text: "Save" } },
    });
    expect(change?.trigger).toEqual({ after: trigger });
    expect(JSON.stringify(change)).not.toContain("private");
  });

  it("shows a playbook's template, which goes to every account alike, but nothing filled in", () => {
    const playbook = { ownerRole: "csm", dueHours: 4, message: "Dear {{ accountName }}" };
    const filled = { ownerRole: "csm", dueAt: "2026-06-15", message: "Dear Acme" };
    expect(toAuditChange(playbook, { ...playbook, message: "Hello" })).toEqual({
      message: { before: "Dear {{ accountName }}", after: "Hello" },
    });
    expect(JSON.stringify(toAuditChange(undefined, { ...filled, playbook: filled }))).not.toContain(
      "Acme",
    );
  });

  it("holds only text that the database takes, wherever it is cut", () => {
    for (let length = 1_990; length < 2_005; length += 1) {
      const change = toAuditChange(undefined, {
        title: `${"x".repeat(length)}😀😀`,
        half: "\ud83d\0",
      });
      expect(String(change?.title?.after).isWellFormed()).toBe(true);
      expect(change?.half).toEqual({ after: "\ufffd" });
    }
  });
});
