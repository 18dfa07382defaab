-- Grants that were never shown are removed after two days.
CREATE INDEX prompt_impressions_unseen ON prompt_impressions (claimed_at) WHERE state = 'claimed';
