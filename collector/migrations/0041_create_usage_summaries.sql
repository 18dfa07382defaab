-- What each account did with each feature and task, over all its users: the pages about features
-- read this, so that their time does not grow with the events.
CREATE TABLE usage_summaries (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  event text NOT NULL,
  subject text NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  -- Of the 28 days up to the last summary.
  days integer NOT NULL,
  users integer NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (project_id, account_id, event, subject)
);
--> statement-breakpoint
CREATE TABLE usage_summary_runs (
  project_id uuid PRIMARY KEY,
  started_at timestamptz NOT NULL
);
