-- What each person did in one sitting. Derived from the events a minute after they came in, so that
-- ingestion pays nothing for it.
CREATE TABLE sessions (
  project_id uuid NOT NULL,
  -- A visitor nobody knows is anon:<id>, as in daily usage.
  user_id text NOT NULL,
  session_id text NOT NULL,
  -- The last account that an event of the session named; empty when none did.
  account_id text NOT NULL,
  started_at timestamptz NOT NULL,
  last_event_at timestamptz NOT NULL,
  event_count bigint NOT NULL,
  engaged_ms bigint NOT NULL,
  PRIMARY KEY (project_id, user_id, session_id)
) WITH (fillfactor = 80);
--> statement-breakpoint
CREATE INDEX sessions_by_account ON sessions (project_id, account_id, started_at);
--> statement-breakpoint
-- Up to when events were counted, by the time they came in; one row.
CREATE TABLE session_progress (
  id integer PRIMARY KEY,
  counted_until timestamptz NOT NULL
);
--> statement-breakpoint
-- What came in lately is found by where it lies: such an index costs an insert next to nothing.
CREATE INDEX events_by_arrival ON events USING brin (received_at) WITH (autosummarize = on);
--> statement-breakpoint
CREATE INDEX user_aliases_by_time ON user_aliases USING brin (created_at) WITH (autosummarize = on);
