-- How many messages one process may have under way to this endpoint at once.
ALTER TABLE webhook_endpoints ADD COLUMN max_concurrent integer NOT NULL DEFAULT 32
  CHECK (max_concurrent BETWEEN 1 AND 32);
--> statement-breakpoint
-- How many messages one process may send to it in a second; null: as many as it takes.
ALTER TABLE webhook_endpoints ADD COLUMN max_per_second double precision
  CHECK (max_per_second > 0);
--> statement-breakpoint
-- A claim writes the lease beside its row, and touches no index, while the page has room.
ALTER TABLE webhook_deliveries SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
