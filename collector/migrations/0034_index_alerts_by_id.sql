CREATE INDEX alerts_by_id ON alerts (project_id, id);
--> statement-breakpoint
CREATE INDEX alerts_by_cluster ON alerts (project_id, cluster_rule) WHERE cluster_rule IS NOT NULL;
