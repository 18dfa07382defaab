-- How many messages of an account came with a proof of identity, where a project asks for one.
CREATE TABLE identity_counts (
  project_id uuid NOT NULL,
  account_id text NOT NULL,
  day date NOT NULL,
  signed bigint NOT NULL,
  unsigned bigint NOT NULL,
  PRIMARY KEY (project_id, account_id, day)
);
