-- What a change did: its fields as they were and as they are. Secrets and what people wrote stay out.
ALTER TABLE audit_log ADD COLUMN change jsonb;
