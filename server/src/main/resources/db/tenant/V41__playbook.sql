-- A tenant's own plays and thresholds over the standard ones. Rows are only ever added; the newest version is in force.
CREATE TABLE app.playbook (
  version    integer     PRIMARY KEY CHECK (version > 0),
  content    jsonb       NOT NULL,
  created_at timestamptz NOT NULL
);
