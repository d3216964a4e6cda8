-- Stands in for the tenant migrations where a test needs a table of its own.
CREATE TABLE test_row (
  id   bigint PRIMARY KEY,
  text text NOT NULL
);
