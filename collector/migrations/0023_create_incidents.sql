-- Days on which a source fell silent for nearly everybody: a fault of measurement, not of the accounts.
CREATE TABLE incidents (
  project_id uuid NOT NULL,
  source text NOT NULL,
  day date NOT NULL,
  expected_events double precision NOT NULL,
  observed_events double precision NOT NULL,
  expected_accounts double precision NOT NULL,
  observed_accounts double precision NOT NULL,
  opened_at timestamptz NOT NULL,
  resolved_at timestamptz,
  PRIMARY KEY (project_id, source, day)
);
