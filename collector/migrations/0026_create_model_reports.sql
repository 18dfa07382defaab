-- The newest report on each model: asked for, made by a worker, kept until it is asked for again.
CREATE TABLE model_reports (
  project_id uuid NOT NULL,
  version text NOT NULL,
  requested_at timestamptz NOT NULL,
  leased_until timestamptz,
  -- Steps of the work, to show how far it is.
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  finished_at timestamptz,
  -- Why it could not be made.
  failure text,
  report jsonb,
  PRIMARY KEY (project_id, version)
);
