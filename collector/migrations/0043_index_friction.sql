-- Friction is counted by feature, which few events are about.
CREATE INDEX events_of_friction ON events (project_id, event_id) WHERE event = 'Friction';
