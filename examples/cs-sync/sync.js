import { Hono } from "hono";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

/**
 * Makes the tables when they are missing.
 *
 * @param {import("postgres").Sql} sql
 */
export async function prepare(sql) {
  await sql`
    CREATE TABLE IF NOT EXISTS account_health_copy (
      account_id text PRIMARY KEY,
      name text,
      score double precision,
      tier text NOT NULL,
      sequence bigint NOT NULL,
      updated_at timestamptz NOT NULL
    )`;
  await sql`
    CREATE TABLE IF NOT EXISTS seen_messages (id text PRIMARY KEY, seen_at timestamptz NOT NULL)`;
  await sql`
    CREATE TABLE IF NOT EXISTS tasks (
      alert_id text PRIMARY KEY,
      account_id text,
      title text NOT NULL,
      owner_role text,
      due_at timestamptz,
      status text NOT NULL,
      changed_at timestamptz NOT NULL
    )`;
}

/**
 * A consumer that stays right through retries, reordering and replay, by two rules: a message whose
 * `webhook-id` was seen changes nothing, and a state never replaces one of a higher `sequence`.
 *
 * @param {{ sql: import("postgres").Sql; secret: string }} options
 */
export function createSync({ sql, secret }) {
  const app = new Hono();
  const webhook = new Webhook(secret);

  app.post("/webhooks", async (c) => {
    const body = await c.req.text();
    const id = c.req.header("webhook-id") ?? "";
    try {
      webhook.verify(body, {
        "webhook-id": id,
        "webhook-timestamp": c.req.header("webhook-timestamp") ?? "",
        "webhook-signature": c.req.header("webhook-signature") ?? "",
      });
    } catch (error) {
      if (error instanceof WebhookVerificationError) return c.text(error.message, 401);
      throw error;
    }
    const message = JSON.parse(body);
    if (message.data.isTest) return c.body(null, 204);
    // Seen and done are one commit: a crash between them would lose the message or do it twice.
    await sql.begin(async (tx) => {
      const fresh = await tx`
        INSERT INTO seen_messages VALUES (${id}, now()) ON CONFLICT DO NOTHING RETURNING 1`;
      if (fresh.length === 0) return;
      if (typeof message.data.sequence === "number") await keepHealth(tx, message);
      if (message.data.alert) await keepTask(tx, message);
    });
    return c.body(null, 204);
  });

  app.get("/accounts", async (c) =>
    c.json({
      accounts: await sql`
        SELECT account_id AS "accountId", name, score, tier, sequence::float8 AS sequence
        FROM account_health_copy ORDER BY account_id`,
      tasks: await sql`
        SELECT account_id AS "accountId", title, owner_role AS "ownerRole", status FROM tasks
        ORDER BY alert_id`,
    }),
  );

  return app;
}

async function keepHealth(tx, { data, timestamp }) {
  const { account, score, tier, sequence } = data;
  await tx`
    INSERT INTO account_health_copy VALUES (${account.id}, ${account.name}, ${score}, ${tier},
      ${sequence}, ${timestamp}::timestamptz)
    ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, score = excluded.score,
      tier = excluded.tier, sequence = excluded.sequence, updated_at = excluded.updated_at
    WHERE account_health_copy.sequence < excluded.sequence`;
}

/** An alert is a task; what happened later wins, and an end is for good. */
async function keepTask(tx, { data, timestamp }) {
  const { alert, account, playbook } = data;
  await tx`
    INSERT INTO tasks VALUES (${alert.id}, ${account?.id ?? null}, ${alert.summary},
      ${playbook?.ownerRole ?? null}, ${playbook?.dueAt ?? null}::timestamptz, ${alert.status},
      ${timestamp}::timestamptz)
    ON CONFLICT (alert_id) DO UPDATE SET title = excluded.title, status = excluded.status,
      changed_at = excluded.changed_at
    WHERE tasks.status <> 'resolved' AND tasks.changed_at <= excluded.changed_at`;
}
