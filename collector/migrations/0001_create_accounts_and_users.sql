CREATE TABLE accounts (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  name text,
  traits jsonb NOT NULL DEFAULT '{}',
  external_ids jsonb NOT NULL DEFAULT '{}',
  -- When the customer relationship began: the trait created_at where given, else the first event.
  created_at timestamptz NOT NULL,
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id)
);
--> statement-breakpoint
CREATE TABLE users (
  project_id uuid NOT NULL,
  user_id text NOT NULL,
  -- The account that the user's messages belong to when they name none.
  account_id text,
  -- The first such account: it also gets what the user did before it was known.
  first_account_id text,
  traits jsonb NOT NULL DEFAULT '{}',
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, user_id)
);
--> statement-breakpoint
CREATE INDEX users_by_account ON users (project_id, account_id);
--> statement-breakpoint
CREATE TABLE user_aliases (
  project_id uuid NOT NULL,
  anonymous_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, anonymous_id)
);
