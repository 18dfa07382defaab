/**
 * Fills a project with a book of accounts by plain SQL: what the pages of the dashboard read, in
 * believable amounts, in about a minute for 10,000 accounts.
 */

const FEATURES = 12;
const USERS = 4;
const USAGE_DAYS = 28;
/** Days ago of which the whole health is stored; the others have a score without its parts. */
const WHOLE_DAYS = [0, 1, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84];

const COMPONENTS = [
  ["usage", "Usage", 0.1],
  ["features_in_use", "Features in use", 0.1],
  ["active_days", "Active days", 0.15],
  ["usage_trend", "Usage trend", 0.4],
  ["satisfaction", "Satisfaction", 0.25],
];

/** A health document of the size that the engine writes. */
function toHealth() {
  const observedAt = new Date().toISOString();
  return {
    accountId: "account",
    score: 71.3,
    tier: "healthy",
    confidence: 0.83,
    coverage: 1,
    band: [71.3, 71.3],
    baseline: 78.2,
    asOf: observedAt,
    modelVersion: "default.1",
    normsVersion: "norms-1",
    components: COMPONENTS.map(([key, label, weight]) => ({
      key,
      label,
      value: 60,
      weight,
      effectiveWeight: weight,
      signals: [
        {
          key,
          label,
          value: 12.5,
          unit: "points per active user",
          sampleSize: 120,
          observedAt,
          status: "ok",
          normalized: 60,
        },
      ],
    })),
    drivers: COMPONENTS.map(([key, label], at) => ({
      key,
      kind: "component",
      label,
      contribution: 2 - at,
      sentence: `${label} ${2 - at}: 12.5 points per active user, typical 19.2 points per active user`,
    })),
    change: { days7: -3, days30: 5 },
    sequence: 12,
  };
}

/** @param {{ sql: any, projectId: string, accounts: number }} book */
export async function fillBook({ sql, projectId, accounts }) {
  const health = JSON.stringify(toHealth());
  // The same for every run: a number of 0–1 that looks random, from two keys.
  const chance = "(abs(hashint4extended(i, seed)) % 10000) / 10000.0";
  const at = (seed) => chance.replace("seed", String(seed));
  const score = `(100 * power(${at(1)}, 0.45))`;
  const tier = `CASE WHEN i % 40 = 0 THEN 'unknown' WHEN ${score} >= 70 THEN 'healthy'
    WHEN ${score} < 40 THEN 'critical' ELSE 'at_risk' END`;
  // A week ago a few stood elsewhere, more of them than the review shows.
  const tierThen = `CASE WHEN d > 4 AND i % 120 = 1 THEN
    CASE WHEN ${score} >= 70 THEN 'at_risk' ELSE 'healthy' END ELSE ${tier} END`;
  const p = `'${projectId}'::uuid`;
  const all = `generate_series(1, ${accounts}) AS i`;
  const steps = [
    `INSERT INTO accounts (project_id, account_id, name, traits, external_ids, created_at,
        first_seen_at, last_seen_at)
      SELECT ${p}, 'account-' || i, 'Account number ' || i, jsonb_build_object(
        'plan', (ARRAY['starter','growth','enterprise'])[1 + i % 3],
        'industry', (ARRAY['retail','health','finance','travel','software'])[1 + i % 5],
        'owner', 'Owner ' || i % 20, 'seats', 5 + i % 200,
        'contract_value', 1000 + i % 90000), '{}', now() - interval '1 year',
        now() - interval '1 year', now() - (i % 500) * interval '1 hour' FROM ${all}`,
    `INSERT INTO users (project_id, user_id, account_id, first_account_id, traits, first_seen_at,
        last_seen_at)
      SELECT ${p}, 'user-' || i || '-' || u, 'account-' || i, 'account-' || i,
        jsonb_build_object('name', 'User ' || u), now() - interval '1 year', now()
      FROM ${all}, generate_series(1, ${USERS}) AS u`,
    `INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
        engaged_ms, last_at)
      SELECT ${p}, 'account-' || i, current_date - d, 'user-' || i || '-' || (1 + d % ${USERS}),
        'Feature Used', 'feature-' || f, 3, 60000, now()
      FROM ${all}, generate_series(0, ${USAGE_DAYS - 1}) AS d, generate_series(1, ${FEATURES}) AS f
      WHERE (i + d + f) % 6 = 0`,
    `INSERT INTO usage_summaries (project_id, account_id, event, subject, first_day, last_day, days,
        users, count)
      SELECT project_id, account_id, event, subject, min(day), max(day), count(DISTINCT day),
        count(DISTINCT user_id), sum(count) FROM daily_usage WHERE project_id = ${p}
      GROUP BY 1, 2, 3, 4`,
    `INSERT INTO usage_summary_runs VALUES (${p}, now())`,
    `INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since, as_of,
        sequence)
      SELECT ${p}, 'account-' || i, CASE WHEN i % 40 = 0 THEN NULL ELSE ${score} END, ${tier}, '{}',
        now() - interval '20 days', now(), 12 FROM ${all}`,
    `INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
        model_version, norms_version, input_hash, sequence, detail)
      SELECT ${p}, 'account-' || i, current_date - d,
        CASE WHEN i % 40 = 0 THEN NULL ELSE greatest(0, least(100,
          ${score} + (abs(hashint4extended(i * 100 + d, 7)) % 2400) / 100.0 - 12)) END,
        ${tierThen}, 0.8, 1, now() - d * interval '1 day', 'default.1', 'norms-1', 'hash', 12,
        CASE WHEN d = ANY(ARRAY[${WHOLE_DAYS}]) THEN $1::text::jsonb ELSE '{}' END
      FROM ${all}, generate_series(0, 89) AS d WHERE d < 14 OR d % 7 = 0`,
    `INSERT INTO events (project_id, event_id, message_id, type, event, subject, account_id, user_id,
        occurred_at, received_at, context)
      SELECT ${p}, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - i * 1000), 12, '0')
          || '7' || lpad(to_hex(i % 4096), 3, '0') || '8000' || lpad(to_hex(i), 12, '0'))::uuid,
        'message-' || i, 'track', 'Feature Used', 'feature-' || i % ${FEATURES},
        'account-' || 1 + i % ${accounts}, 'user-1', now() - i * interval '1 second',
        now() - i * interval '1 second', '{"library":{"name":"telltale-js"}}'
      FROM generate_series(1, 300000) AS i`,
    `INSERT INTO surveys (project_id, id, key, name, status, definition, created_at, updated_at,
        live_at)
      SELECT ${p}, gen_random_uuid(), 'csat', 'Satisfaction', 'live', '${JSON.stringify({
        locale: "en",
        steps: [
          {
            id: "rating",
            kind: "rating",
            measure: "csat",
            display: "faces",
            scale: 5,
            prompt: "How did that go?",
          },
          { id: "comment", kind: "text", prompt: "Why?", isOptional: true, maxLength: 2000 },
        ],
        translations: {},
        trigger: { kind: "task", outcome: "completed" },
        delayMs: 0,
        cancelEvents: [],
        targeting: { user: [], account: [], segments: [] },
        sampleShare: 1,
        schedule: {},
        repeatAfterDays: null,
        spreadDays: 0,
        responseCap: null,
        appearance: { theme: "auto", position: "bottom_right" },
      })}', now(), now(), now()`,
    `INSERT INTO prompt_impressions (project_id, id, survey_id, account_id, user_id, state,
        claimed_at, shown_at, answered_at)
      SELECT ${p}, gen_random_uuid(), s.id, 'account-' || 1 + i % ${accounts},
        'user-' || i, 'answered', now() - i * interval '6 minutes', now() - i * interval '6 minutes',
        CASE WHEN i % 3 = 0 THEN now() - i * interval '6 minutes' END
      FROM surveys s, generate_series(1, 20000) AS i WHERE s.project_id = ${p}`,
    `INSERT INTO survey_responses (project_id, account_id, impression_id, question_id, survey_id,
        user_id, measure, value, value_100, text, answered_at)
      SELECT project_id, account_id, id, 'rating', survey_id, user_id, 'csat',
        1 + abs(hashtext(user_id)) % 5, 25 * (abs(hashtext(user_id)) % 5), NULL, answered_at
      FROM prompt_impressions WHERE project_id = ${p} AND answered_at IS NOT NULL`,
    `INSERT INTO survey_responses (project_id, account_id, impression_id, question_id, survey_id,
        user_id, measure, text, answered_at)
      SELECT project_id, account_id, id, 'comment', survey_id, user_id, 'comment',
        'The export stops half way when the table is large, every time.', answered_at
      FROM prompt_impressions
      WHERE project_id = ${p} AND answered_at IS NOT NULL AND abs(hashtext(user_id)) % 5 = 0`,
    `INSERT INTO alerts (project_id, account_id, id, rule, level, status, summary, detail, opened_at,
        updated_at, owner_role)
      SELECT ${p}, 'account-' || i, gen_random_uuid(), 'tier',
        (ARRAY['monitor','outreach','intervene'])[1 + i % 3],
        (ARRAY['open','acknowledged','resolved','snoozed'])[1 + i % 4],
        'Account number ' || i || ': healthy → at risk (52). Usage trend −20: −41 %, typical +3 %',
        jsonb_build_object('playbook', jsonb_build_object('key', 'adoption_gap', 'name',
          'Adoption gap', 'ownerRole', 'product_manager', 'dueAt', now() + i * interval '1 minute',
          'steps', jsonb_build_array('Look', 'Ask', 'Offer'), 'message', 'Hello')),
        now() - i * interval '10 minutes', now(), 'product_manager'
      FROM generate_series(1, 2000) AS i`,
    `INSERT INTO rejected_messages (project_id, id, received_at, message_id, code, detail, payload)
      SELECT ${p}, gen_random_uuid(), now() - i * interval '1 minute', 'm' || i,
        (ARRAY['invalid_field','invalid_type','too_large'])[1 + i % 3], '/event must not be empty',
        repeat('{"type":"track"}', 20) FROM generate_series(1, 2000) AS i`,
    `INSERT INTO audit_log (project_id, id, at, actor, action, target)
      SELECT ${p}, gen_random_uuid(), now(), 'Owner', 'alert.resolved', 'x'
      FROM generate_series(1, 2000)`,
  ];
  // One connection, which may take its time.
  const connection = await sql.reserve();
  await connection.unsafe("SET statement_timeout = 0");
  for (const step of steps) {
    await connection.unsafe(step, step.includes("$1") ? [health] : []);
  }
  await connection.unsafe("VACUUM ANALYZE");
  await connection.unsafe("RESET statement_timeout");
  connection.release();
}
