-- When people were told that a model is due to be looked at again: once a due date.
CREATE TABLE model_reviews (
  project_id uuid NOT NULL,
  version text NOT NULL,
  due_on date NOT NULL,
  told_at timestamptz NOT NULL,
  PRIMARY KEY (project_id, version, due_on)
);
