-- What arrived at the door, by day: what was stored, what had been, what was refused, and what
-- browsers say that they could not send. Each process adds its sums every few seconds.
CREATE TABLE arrival_counts (
  project_id uuid NOT NULL,
  day date NOT NULL,
  stored bigint NOT NULL,
  duplicates bigint NOT NULL,
  rejected bigint NOT NULL,
  -- Sent nowhere because something in the browser blocked it, told with a later batch.
  blocked bigint NOT NULL,
  -- Given up by the SDK for other reasons.
  dropped bigint NOT NULL,
  PRIMARY KEY (project_id, day)
);
