-- Alert rules tried side by side: each account is in one variant for good.
CREATE TABLE rule_experiments (
  project_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  -- [{ key, share, rule }]; a variant whose rule is null gets no alert.
  variants jsonb NOT NULL,
  -- Shares of accounts that leave: today, and the one worth finding.
  baseline_share float8 NOT NULL,
  target_share float8 NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (project_id, key)
);
