-- Sent by a crawler or a test browser: kept, but no usage of anybody.
ALTER TABLE events ADD COLUMN is_bot boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- Whose data was erased, as SHA-256 of `user:<id>` or `anon:<id>`: a late queue must not bring it back.
CREATE TABLE erased_people (
  project_id uuid NOT NULL,
  person_hash bytea NOT NULL,
  erased_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, person_hash)
);
--> statement-breakpoint
-- Every value that a trait ever had, and from when; the newest is the present one.
CREATE TABLE trait_changes (
  project_id uuid NOT NULL,
  owner_kind text NOT NULL CHECK (owner_kind IN ('account', 'user')),
  owner_id text NOT NULL,
  trait text NOT NULL,
  changed_at timestamptz NOT NULL,
  value jsonb NOT NULL,
  PRIMARY KEY (project_id, owner_kind, owner_id, trait, changed_at)
);
--> statement-breakpoint
-- When each trait was last said, by the message's own time: what comes late must not undo it.
ALTER TABLE accounts ADD COLUMN trait_times jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
ALTER TABLE users ADD COLUMN trait_times jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
-- Since when the user belongs to its account, by the message's own time.
ALTER TABLE users ADD COLUMN account_since timestamptz;
--> statement-breakpoint
-- Names that clients may fill without bound are registered, up to a cap.
CREATE TABLE registered_names (
  project_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  first_seen_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, kind, name)
);
--> statement-breakpoint
-- Signs proofs of identity; AES-256-GCM under the application secret, bound to the project's id.
ALTER TABLE projects ADD COLUMN identity_secret_encrypted bytea;
--> statement-breakpoint
-- What a replay needs to read the message as it was meant: sentAt, isImport, context.
ALTER TABLE rejected_messages ADD COLUMN circumstances jsonb NOT NULL DEFAULT '{}';
