-- The people who use the dashboard; not the users of an account.
CREATE TABLE members (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text UNIQUE,
  -- scrypt, with its parameters and salt; null for people who sign in by link alone.
  password_hash text,
  -- May do everything in every project.
  is_owner boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  removed_at timestamptz
);
--> statement-breakpoint
CREATE TABLE memberships (
  project_id uuid NOT NULL,
  member_id uuid NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, member_id)
);
--> statement-breakpoint
-- Links that sign somebody in once: the owner's, and invitations.
CREATE TABLE sign_in_links (
  token_hash bytea PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('owner', 'invite', 'return')),
  -- Whom it signs in; null for an invitation that nobody took yet.
  member_id uuid REFERENCES members (id) ON DELETE CASCADE,
  project_id uuid,
  role text CHECK (role IN ('viewer', 'operator', 'admin')),
  -- A word on whom an invitation is for.
  note text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
--> statement-breakpoint
CREATE TABLE dashboard_sessions (
  token_hash bytea PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  project_id uuid,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
-- Who did what: append-only, without the content of what was changed.
CREATE TABLE audit_log (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL DEFAULT '',
  ip text NOT NULL DEFAULT '',
  PRIMARY KEY (project_id, id)
);
--> statement-breakpoint
CREATE TABLE saved_views (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  -- The query string of the book, normalised.
  query text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, id),
  UNIQUE (project_id, name)
);
--> statement-breakpoint
-- The book compares whole days with each other.
CREATE INDEX scores_by_day ON scores (project_id, day) INCLUDE (account_id, score, tier);
