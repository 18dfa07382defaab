-- The earliest past day that a late event changed: its scores are made again.
ALTER TABLE rescore_queue ADD COLUMN reopen_from date;
