-- What browsers measured is read by account and time, for the models that weigh it.
CREATE INDEX events_of_vitals ON events (project_id, account_id, occurred_at) WHERE event = 'Web Vital';
