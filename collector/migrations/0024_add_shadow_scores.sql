-- A shadow model is scored every night and kept, but shown to nobody.
ALTER TABLE model_versions ADD COLUMN is_shadow boolean NOT NULL DEFAULT false;
--> statement-breakpoint
CREATE TABLE shadow_scores (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  day date NOT NULL,
  model_version text NOT NULL,
  norms_version text NOT NULL,
  score double precision,
  tier text NOT NULL,
  PRIMARY KEY (project_id, account_id, day, model_version)
);
