-- Results are read by when a prompt was shown, which may be long after it was claimed.
CREATE INDEX prompt_impressions_by_showing ON prompt_impressions (project_id, survey_id, shown_at);
