-- Rows that are counted up all day keep room in their page, so that no index is touched by it.
ALTER TABLE daily_usage SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE rescore_queue SET (fillfactor = 70);
