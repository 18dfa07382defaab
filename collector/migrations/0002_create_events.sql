-- The raw record. The key is time-ordered (UUIDv7), so that partitions by key are partitions by
-- time, and a retry meets its first copy without a second unique index.
CREATE TABLE events (
  project_id uuid NOT NULL,
  event_id uuid NOT NULL,
  message_id text NOT NULL,
  type text NOT NULL,
  event text NOT NULL,
  -- What the event is about: a feature, task, milestone or kind of friction.
  subject text NOT NULL DEFAULT '',
  account_id text NOT NULL DEFAULT '',
  user_id text NOT NULL DEFAULT '',
  anonymous_id text NOT NULL DEFAULT '',
  session_id text NOT NULL DEFAULT '',
  engaged_ms bigint NOT NULL DEFAULT 0,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  properties jsonb NOT NULL DEFAULT '{}',
  context jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (project_id, event_id)
) PARTITION BY RANGE (event_id);
--> statement-breakpoint
CREATE TABLE events_default PARTITION OF events DEFAULT;
--> statement-breakpoint
-- Ids that are not UUIDv7 are not ordered by time: they are remembered here by their hash.
CREATE TABLE event_ids (
  project_id uuid NOT NULL,
  message_hash uuid NOT NULL,
  event_id uuid NOT NULL,
  PRIMARY KEY (project_id, message_hash)
);
--> statement-breakpoint
CREATE TABLE daily_usage (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  day date NOT NULL,
  user_id text NOT NULL,
  event text NOT NULL,
  subject text NOT NULL,
  count bigint NOT NULL,
  engaged_ms bigint NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id, day, user_id, event, subject)
);
--> statement-breakpoint
CREATE INDEX daily_usage_by_user ON daily_usage (project_id, user_id);
--> statement-breakpoint
CREATE TABLE milestones_reached (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  milestone text NOT NULL,
  user_id text NOT NULL,
  reached_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id, milestone)
);
--> statement-breakpoint
-- What could not be stored, with the reason: readable, and replayable once the cause is gone.
CREATE TABLE rejected_messages (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  received_at timestamptz NOT NULL,
  message_id text,
  code text NOT NULL,
  detail text NOT NULL,
  payload text NOT NULL,
  replayed_at timestamptz,
  PRIMARY KEY (project_id, id)
);
