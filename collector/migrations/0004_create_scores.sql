CREATE TABLE model_versions (
  project_id uuid NOT NULL,
  version text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'published', 'retired')),
  document jsonb NOT NULL,
  author text NOT NULL,
  rationale text NOT NULL,
  created_at timestamptz NOT NULL,
  published_at timestamptz,
  effective_at timestamptz,
  PRIMARY KEY (project_id, version)
);
--> statement-breakpoint
CREATE TABLE norms_snapshots (
  project_id uuid NOT NULL,
  version text NOT NULL,
  model_version text NOT NULL,
  as_of timestamptz NOT NULL,
  norms jsonb NOT NULL,
  PRIMARY KEY (project_id, version)
);
--> statement-breakpoint
-- One row an account and day: the last score of that day, with what it was made from.
CREATE TABLE scores (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  day date NOT NULL,
  score double precision,
  tier text NOT NULL,
  confidence double precision NOT NULL,
  coverage double precision NOT NULL,
  as_of timestamptz NOT NULL,
  model_version text NOT NULL,
  norms_version text NOT NULL,
  input_hash text NOT NULL,
  sequence bigint NOT NULL,
  -- Band, baseline, components and drivers, as the engine gave them.
  detail jsonb NOT NULL,
  PRIMARY KEY (project_id, account_id, day)
);
--> statement-breakpoint
-- Where each account stands now; the tier here is the confirmed one.
CREATE TABLE account_health (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  score double precision,
  tier text NOT NULL,
  tier_state jsonb NOT NULL,
  tier_since timestamptz NOT NULL,
  as_of timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (project_id, account_id)
);
--> statement-breakpoint
CREATE INDEX account_health_by_tier ON account_health (project_id, tier, score);
--> statement-breakpoint
-- Accounts that something happened to. A queue, so a plain table also on Citus.
CREATE TABLE rescore_queue (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  queued_at timestamptz NOT NULL,
  -- Grows with each event that arrives while a worker holds the row, so none is overlooked.
  generation bigint NOT NULL DEFAULT 0,
  leased_until timestamptz,
  PRIMARY KEY (project_id, account_id)
);
--> statement-breakpoint
CREATE TABLE outcomes (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  occurred_on date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('renewed', 'churned', 'expanded', 'contracted')),
  value double precision,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id, occurred_on, kind)
);
--> statement-breakpoint
CREATE TABLE observations (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  series text NOT NULL,
  observed_at timestamptz NOT NULL,
  value double precision NOT NULL,
  source text NOT NULL DEFAULT '',
  PRIMARY KEY (project_id, account_id, series, observed_at)
);
--> statement-breakpoint
-- A schedule's tick belongs to the process that inserts its row.
CREATE TABLE schedule_runs (
  name text NOT NULL,
  due_at timestamptz NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (name, due_at)
);
