-- When a job's id was last sent to those who work, where a queue outside of PostgreSQL carries the ids.
ALTER TABLE job ADD COLUMN announced_at timestamptz;
