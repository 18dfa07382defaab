-- For the retention, and for replaying a span.
CREATE INDEX webhook_messages_by_time ON webhook_messages (project_id, created_at);
