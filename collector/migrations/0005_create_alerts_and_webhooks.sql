CREATE TABLE alerts (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  id uuid NOT NULL,
  rule text NOT NULL,
  level text NOT NULL CHECK (level IN ('monitor', 'outreach', 'intervene')),
  status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'snoozed', 'resolved')),
  summary text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  opened_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  resolved_at timestamptz,
  PRIMARY KEY (project_id, account_id, id)
);
--> statement-breakpoint
-- At most one alert a rule and account is not resolved.
CREATE UNIQUE INDEX alerts_one_open ON alerts (project_id, account_id, rule) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE TABLE webhook_endpoints (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  types text[] NOT NULL DEFAULT '{}',
  status text NOT NULL CHECK (status IN ('enabled', 'disabled')),
  disabled_reason text,
  -- AES-256-GCM under the application secret, bound to the endpoint's id.
  secret_encrypted bytea NOT NULL,
  previous_secret_encrypted bytea,
  previous_secret_expires_at timestamptz,
  first_failed_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, id)
);
--> statement-breakpoint
CREATE TABLE webhook_messages (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  account_id text NOT NULL DEFAULT '',
  sequence bigint,
  -- The exact text that is signed and sent.
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, id)
);
--> statement-breakpoint
CREATE INDEX webhook_messages_by_account ON webhook_messages (project_id, account_id, created_at);
--> statement-breakpoint
-- A message for an endpoint. Claimed by lease: a queue, so a plain table also on Citus.
CREATE TABLE webhook_deliveries (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  message_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed', 'superseded')),
  attempt_count integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  leased_until timestamptz,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (project_id, id)
);
--> statement-breakpoint
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (project_id, endpoint_id, created_at);
--> statement-breakpoint
CREATE INDEX webhook_deliveries_by_message ON webhook_deliveries (project_id, message_id);
--> statement-breakpoint
CREATE TABLE webhook_attempts (
  project_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  attempt integer NOT NULL,
  started_at timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  -- Null when no answer came.
  response_status integer,
  response_body text,
  error text,
  PRIMARY KEY (project_id, delivery_id, attempt)
);
