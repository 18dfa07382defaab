-- The rules that a saved segment had from a moment on, so that past days keep their segments.
-- Null: from then on there is no such segment.
CREATE TABLE segment_rules (
  project_id uuid NOT NULL,
  key text NOT NULL,
  valid_from timestamptz NOT NULL,
  rules jsonb,
  PRIMARY KEY (project_id, key, valid_from)
);
--> statement-breakpoint
INSERT INTO segment_rules (project_id, key, valid_from, rules)
SELECT project_id, key, created_at, rules FROM segments;
