CREATE TABLE surveys (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'live', 'stopped')),
  definition jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, id),
  UNIQUE (project_id, key)
);
--> statement-breakpoint
CREATE TABLE prompt_impressions (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  survey_id uuid NOT NULL,
  account_id text NOT NULL DEFAULT '',
  user_id text NOT NULL,
  session_id text NOT NULL DEFAULT '',
  -- Granted to a browser, seen, answered, closed, put off, or refused for good.
  state text NOT NULL CHECK (state IN ('claimed', 'shown', 'answered', 'dismissed', 'postponed', 'opted_out')),
  claimed_at timestamptz NOT NULL,
  shown_at timestamptz,
  closed_at timestamptz,
  PRIMARY KEY (project_id, id)
);
--> statement-breakpoint
CREATE INDEX prompt_impressions_by_user ON prompt_impressions (project_id, user_id, claimed_at);
--> statement-breakpoint
CREATE TABLE survey_responses (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  impression_id uuid NOT NULL,
  question_id text NOT NULL,
  survey_id uuid NOT NULL,
  user_id text NOT NULL,
  measure text NOT NULL CHECK (measure IN ('csat', 'nps', 'ces', 'thumbs', 'comment', 'choice', 'custom')),
  -- As answered: rating 1…scale, NPS 0–10, thumbs 0 or 1.
  value double precision,
  -- The same on 0–100, higher is happier; null where there is no number.
  value_100 double precision,
  choices text[] NOT NULL DEFAULT '{}',
  text text,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id, impression_id, question_id)
);
--> statement-breakpoint
CREATE INDEX survey_responses_by_survey ON survey_responses (project_id, survey_id, answered_at);
--> statement-breakpoint
CREATE INDEX survey_responses_by_time ON survey_responses (project_id, account_id, answered_at);
