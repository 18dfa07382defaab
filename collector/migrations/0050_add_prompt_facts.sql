-- When a survey last went live: prompts that are spread over time count from here.
ALTER TABLE surveys ADD COLUMN live_at timestamptz;
--> statement-breakpoint
-- The moment of the first answer: a partial answer counts.
ALTER TABLE prompt_impressions ADD COLUMN answered_at timestamptz;
--> statement-breakpoint
-- Opened by the person's own click: it bypasses the cool-downs and starts none.
ALTER TABLE prompt_impressions ADD COLUMN is_requested boolean NOT NULL DEFAULT false;
--> statement-breakpoint
ALTER TABLE prompt_impressions ADD COLUMN is_nps boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- The language that was shown, and the last step that was seen.
ALTER TABLE prompt_impressions ADD COLUMN locale text NOT NULL DEFAULT '';
--> statement-breakpoint
ALTER TABLE prompt_impressions ADD COLUMN closed_step text;
--> statement-breakpoint
CREATE INDEX prompt_impressions_by_account ON prompt_impressions (project_id, account_id, claimed_at);
--> statement-breakpoint
CREATE INDEX prompt_impressions_by_survey ON prompt_impressions (project_id, survey_id, claimed_at);
--> statement-breakpoint
CREATE INDEX user_aliases_by_user ON user_aliases (project_id, user_id);
