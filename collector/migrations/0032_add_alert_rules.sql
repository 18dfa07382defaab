CREATE TABLE alert_rules (
  project_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  trigger jsonb NOT NULL,
  level text NOT NULL CHECK (level IN ('monitor', 'outreach', 'intervene')),
  is_enabled boolean NOT NULL,
  -- How long the condition must hold before anybody is told, in hours.
  notice_hours double precision NOT NULL,
  -- How long after its end the same alert stays away, in hours.
  cool_down_hours double precision NOT NULL,
  -- After so many hours without acknowledgement it escalates; null: never.
  escalate_after_hours double precision,
  -- Null: chosen by what moves the score.
  playbook_key text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, key)
);
--> statement-breakpoint
-- Where an account stands with a rule, while it stands anywhere.
CREATE TABLE alert_rule_states (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  rule text NOT NULL,
  met_since timestamptz,
  resolved_at timestamptz,
  PRIMARY KEY (project_id, account_id, rule)
);
--> statement-breakpoint
-- While a source of data is at fault no alert fires.
CREATE TABLE alert_mutes (
  project_id uuid NOT NULL,
  reason text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (project_id, reason)
);
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN assignee text;
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN owner_role text NOT NULL DEFAULT '';
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN acknowledged_at timestamptz;
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN snoozed_until timestamptz;
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN escalated_at timestamptz;
--> statement-breakpoint
-- What became of it, in the words of who resolved it; null while open or when it resolved itself.
ALTER TABLE alerts ADD COLUMN outcome text;
--> statement-breakpoint
ALTER TABLE alerts ADD COLUMN note text;
--> statement-breakpoint
-- What it is about: accounts that fall for one cause at once become one cluster alert.
ALTER TABLE alerts ADD COLUMN cause text NOT NULL DEFAULT '';
--> statement-breakpoint
-- Rule of the cluster alert that speaks for this one.
ALTER TABLE alerts ADD COLUMN cluster_rule text;
--> statement-breakpoint
CREATE INDEX alerts_by_time ON alerts (project_id, opened_at, id);
--> statement-breakpoint
CREATE INDEX survey_responses_by_day ON survey_responses (project_id, answered_at);
