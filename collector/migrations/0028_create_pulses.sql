-- What the people who look after an account say of it. It never enters the score.
CREATE TABLE pulses (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  set_at timestamptz NOT NULL,
  tier text NOT NULL CHECK (tier IN ('healthy', 'at_risk', 'critical')),
  author text NOT NULL,
  note text NOT NULL DEFAULT '',
  PRIMARY KEY (project_id, account_id, set_at)
);
