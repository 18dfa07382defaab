-- What the pages about the whole book read instead of counting it each time: tiers of past weeks,
-- adoption by feature, and the words that the book can be filtered by. Made anew every five minutes.
CREATE TABLE book_summaries (
  project_id uuid PRIMARY KEY,
  as_of timestamptz NOT NULL,
  -- The project's calendar day that it was made on.
  day date NOT NULL,
  detail jsonb NOT NULL
);
--> statement-breakpoint
-- Which accounts use a feature: the book is filtered by it.
CREATE INDEX usage_summaries_by_subject
  ON usage_summaries (project_id, event, subject, last_day) INCLUDE (account_id);
