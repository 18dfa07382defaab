-- When a person resolved the alert although its condition still held; null again once it is gone.
ALTER TABLE alert_rule_states ADD COLUMN handled_at timestamptz;
