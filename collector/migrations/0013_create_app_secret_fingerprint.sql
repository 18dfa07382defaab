-- Tells processes apart that share this database but not APP_SECRET. Made from it, and says nothing
-- about it; one row.
CREATE TABLE app_secret_fingerprint (
  id integer PRIMARY KEY,
  fingerprint text NOT NULL,
  noted_at timestamptz NOT NULL
);
