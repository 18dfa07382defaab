-- The visitor's own id beside the user's: another tab may not know yet who logged in.
ALTER TABLE prompt_impressions ADD COLUMN anonymous_id text NOT NULL DEFAULT '';
--> statement-breakpoint
CREATE INDEX prompt_impressions_by_visitor ON prompt_impressions (project_id, anonymous_id) WHERE anonymous_id <> '';
