-- A saved rule that selects accounts by their traits.
CREATE TABLE segments (
  project_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  -- [{ trait, operator, value }]: all must hold.
  rules jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, key)
);
--> statement-breakpoint
-- What an account is to reach, and by when in its life.
CREATE TABLE milestones (
  project_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  due_after_days integer,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, key)
);
--> statement-breakpoint
CREATE TABLE releases (
  project_id uuid NOT NULL,
  version text NOT NULL,
  name text NOT NULL DEFAULT '',
  released_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, version)
);
--> statement-breakpoint
-- Facts are read by account and by day; outcomes and observations also across a project.
CREATE INDEX outcomes_by_day ON outcomes (project_id, occurred_on);
