-- The segments that a prompt counts against, as they were when it was granted.
ALTER TABLE prompt_impressions ADD COLUMN quota_segments text[] NOT NULL DEFAULT '{}';
