/** Accounts with a history of use, written straight into the tables. */

/** About 11 rows an account and day: 5 users on three days of four, 3 features each. */
export async function fill(sql, projectId, { accounts, days }) {
  await sql`
    INSERT INTO accounts SELECT ${projectId}::uuid, 'account-' || lpad(n::text, 6, '0'), 'Account ' || n,
      jsonb_build_object('plan', (ARRAY['starter', 'growth', 'enterprise'])[1 + n % 3]), '{}',
      now() - interval '200 days', now() - interval '200 days', now()
    FROM generate_series(1, ${accounts}::int) n`;
  for (let first = 1; first <= accounts; first += 500) {
    const last = Math.min(accounts, first + 499);
    await sql`
      INSERT INTO daily_usage
      SELECT ${projectId}::uuid, 'account-' || lpad(n::text, 6, '0'), current_date - d, 'user-' || u,
        'Feature Used', 'feature-' || (n + u + f * 3 + d) % 12, 1 + (n * d + u) % 5, 60000, now() - d * interval '1 day'
      FROM generate_series(${first}::int, ${last}::int) n, generate_series(1, ${days}::int) d,
        generate_series(1, 5) u, generate_series(1, 3) f
      WHERE (n + d * 7 + u) % 4 < 3
      ON CONFLICT DO NOTHING`;
  }
  await sql`VACUUM ANALYZE daily_usage`;
}
