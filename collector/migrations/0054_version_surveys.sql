-- What a survey asked is kept for each version, so that answers are read by what was asked.
CREATE TABLE survey_versions (
  project_id uuid NOT NULL,
  survey_id uuid NOT NULL,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, survey_id, version)
);
--> statement-breakpoint
ALTER TABLE surveys ADD COLUMN version integer NOT NULL DEFAULT 1;
--> statement-breakpoint
-- A definition that waits to be published.
ALTER TABLE surveys ADD COLUMN draft jsonb;
--> statement-breakpoint
ALTER TABLE prompt_impressions ADD COLUMN version integer NOT NULL DEFAULT 1;
--> statement-breakpoint
INSERT INTO survey_versions (project_id, survey_id, version, definition, published_at)
SELECT project_id, id, 1, definition, coalesce(live_at, created_at) FROM surveys;
