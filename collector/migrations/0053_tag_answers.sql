-- What an answer asks for, in the words of the roadmap: chosen by a person of the team, or by the
-- option that was ticked.
ALTER TABLE survey_responses ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
-- What accounts ask for elsewhere: in tickets, in calls.
CREATE TABLE requests (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  id uuid NOT NULL,
  user_id text NOT NULL DEFAULT '',
  text text NOT NULL,
  -- Where it was said, for instance `zendesk`.
  source text NOT NULL DEFAULT '',
  tags text[] NOT NULL DEFAULT '{}',
  requested_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id, id)
);
--> statement-breakpoint
CREATE INDEX requests_by_day ON requests (project_id, requested_at);
--> statement-breakpoint
CREATE INDEX requests_by_user ON requests (project_id, user_id) WHERE user_id <> '';
