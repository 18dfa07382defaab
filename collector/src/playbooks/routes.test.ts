import { describe, expect, it } from "vitest";
import { openAlerts } from "../../test/alerts.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

describe("/v1/playbooks", () => {
  it("replaces a default playbook by its pattern, and brings it back", async () => {
    const { call } = await openAlerts(test.database);
    const own = {
      name: "Ours",
      ownerRole: "cs_lead",
      dueHours: 8,
      steps: ["Call"],
      message: 'Hello {{ accountName | "there" }}',
      pattern: "satisfaction",
    };
    expect((await call("PUT", "/v1/playbooks/ours", own)).status).toBe(200);
    const keys = async () =>
      (await call("GET", "/v1/playbooks")).body.data.map((one: { key: string }) => one.key);
    expect(await keys()).not.toContain("satisfaction_decline");
    expect((await call("PUT", "/v1/playbooks/rival", own)).status).toBe(409);
    expect((await call("DELETE", "/v1/playbooks/ours")).status).toBe(204);
    expect(await keys()).toContain("satisfaction_decline");
    expect((await call("DELETE", "/v1/playbooks/adoption_gap")).status).toBe(404);
  });

  it("refuses a template that names what does not exist", async () => {
    const { call } = await openAlerts(test.database);
    const { status, body } = await call("PUT", "/v1/playbooks/bad", {
      name: "Bad",
      ownerRole: "x",
      dueHours: 1,
      steps: ["x"],
      message: "{{ password }} {{ accountName",
    });
    expect(status).toBe(400);
    expect(body.errors.every((error: { pointer: string }) => error.pointer === "/message")).toBe(
      true,
    );
    expect(body.errors).toHaveLength(2);
  });
});
