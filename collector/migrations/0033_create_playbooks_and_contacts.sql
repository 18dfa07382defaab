CREATE TABLE playbooks (
  project_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  owner_role text NOT NULL,
  due_hours double precision NOT NULL,
  steps jsonb NOT NULL,
  -- A template without code; see the documentation of playbooks.
  message text NOT NULL,
  -- The pattern that it is chosen for: adoption, satisfaction, support, remediation; null: only by name.
  pattern text,
  -- What has to be true before its alert resolves by itself, besides the rule's own condition.
  exit jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, key)
);
--> statement-breakpoint
CREATE UNIQUE INDEX playbooks_by_pattern ON playbooks (project_id, pattern) WHERE pattern IS NOT NULL;
--> statement-breakpoint
-- Everything that reached people of an account: prompts and outreach draw on one budget.
CREATE TABLE contacts (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  id uuid NOT NULL,
  user_id text NOT NULL DEFAULT '',
  channel text NOT NULL CHECK (channel IN ('prompt', 'outreach')),
  cost integer NOT NULL,
  contacted_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, account_id, id)
);
--> statement-breakpoint
CREATE INDEX contacts_by_account ON contacts (project_id, account_id, contacted_at);
