-- Systems that send signals in: signed webhooks or files.
CREATE TABLE sources (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  -- AES-256-GCM under the application secret, bound to the source's id.
  secret_encrypted bytea NOT NULL,
  -- How a generic source is read; null for the presets.
  mapping jsonb,
  -- It is late when nothing came for so long, in hours; null: no expectation.
  expected_every_hours double precision,
  last_received_at timestamptz,
  accepted_count bigint NOT NULL DEFAULT 0,
  -- Signals about accounts that nobody here knows.
  unmatched_count bigint NOT NULL DEFAULT 0,
  refused_count bigint NOT NULL DEFAULT 0,
  late_since timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, id)
);
--> statement-breakpoint
CREATE UNIQUE INDEX sources_by_id ON sources (id);
