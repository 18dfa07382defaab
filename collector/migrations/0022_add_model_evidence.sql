-- What was known when a model was published: its backtest, and why it went out all the same.
ALTER TABLE model_versions ADD COLUMN backtest jsonb;
--> statement-breakpoint
ALTER TABLE model_versions ADD COLUMN worse_reason text;
