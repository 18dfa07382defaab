import { describe, expect, it } from "vitest";
import { DAY, iso, NOW, openAlerts } from "../../test/alerts.ts";
import { useTestDatabase } from "../../test/database.ts";
import { measureInterventions } from "./interventions.ts";

const test = useTestDatabase();

describe("interventions", () => {
  it("measures interventions against matched untouched accounts", async () => {
    const { account, alert, call, projectId } = await openAlerts(test.database);
    for (let i = 0; i < 40; i++) {
      const id = `acme-${String(i).padStart(2, "0")}`;
      await account(id);
      const { id: alertId } = await alert(id, NOW - 100 * DAY);
      const isTreated = i % 2 === 0;
      if (isTreated) await call("POST", `/v1/alerts/${alertId}/resolve`, { outcome: "contacted" });
      if (!isTreated && i % 4 === 1) continue;
      await test.database.sql`
        INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
          model_version, norms_version, input_hash, sequence, detail)
        VALUES (${projectId}, ${id}, ${iso(NOW - 70 * DAY).slice(0, 10)}::text::date, 80, 'healthy',
          1, 1, now(), 'm', 'n', '', 1, '{}')`;
    }
    const { body } = await call("GET", "/v1/alerts/interventions");
    expect(body).toMatchObject({ treated: 20, untouched: 20, retained: null });
    expect(body.backToHealthy).toMatchObject({
      treated: 1,
      untouched: 0.5,
      difference: 0.5,
      pairs: 20,
    });
    expect(
      await measureInterventions(test.database.sql, projectId, { days: 50, now: NOW }),
    ).toMatchObject({ treated: 0, untouched: 0 });
  });
});
