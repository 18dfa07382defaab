ALTER TABLE webhook_endpoints ADD COLUMN tiers text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
ALTER TABLE webhook_endpoints ADD COLUMN segments text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
-- What is sent: standard, slack, hubspot, salesforce, zendesk, intercom, fields.
ALTER TABLE webhook_endpoints ADD COLUMN format text NOT NULL DEFAULT 'standard';
--> statement-breakpoint
-- { "their field": "our name" }; null: the format's own.
ALTER TABLE webhook_endpoints ADD COLUMN field_map jsonb;
--> statement-breakpoint
-- JSON, AES-256-GCM under the application secret, bound to the endpoint's id.
ALTER TABLE webhook_endpoints ADD COLUMN credentials_encrypted bytea;
--> statement-breakpoint
-- A person asked for it again: a newer state does not replace it.
ALTER TABLE webhook_deliveries ADD COLUMN is_replay boolean NOT NULL DEFAULT false;
--> statement-breakpoint
CREATE INDEX webhook_messages_by_sequence ON webhook_messages (project_id, account_id, sequence);
