-- Accounts whose past days a late event changed. Apart from the rescore queue, so that making many
-- days again never keeps a live score waiting.
CREATE TABLE reopened_days (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  from_day date NOT NULL,
  queued_at timestamptz NOT NULL,
  leased_until timestamptz,
  PRIMARY KEY (project_id, account_id)
);
