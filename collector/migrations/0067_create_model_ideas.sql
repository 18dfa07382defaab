-- The backlog of the score: what somebody would change about a model, and what became of it.
CREATE TABLE model_ideas (
  project_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  why text NOT NULL,
  author text NOT NULL,
  created_at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'open',
  answer text,
  answered_by text,
  answered_at timestamptz,
  PRIMARY KEY (project_id, id)
);
