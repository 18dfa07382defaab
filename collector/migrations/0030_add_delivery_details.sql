-- Why a delivery was given up: exhausted, blocked_address, gone, endpoint_disabled.
ALTER TABLE webhook_deliveries ADD COLUMN failure_reason text;
--> statement-breakpoint
-- When people were told that this endpoint fails; null again after a success.
ALTER TABLE webhook_endpoints ADD COLUMN failure_noticed_at timestamptz;
--> statement-breakpoint
-- The worker looks at each endpoint's own queue, so a long one hides no other.
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id, next_attempt_at)
  WHERE status = 'pending';
--> statement-breakpoint
DROP INDEX webhook_deliveries_due;
