-- What an account's health was on the days on which it was looked at and was not what it had been before.
CREATE TABLE app.account_health (
  customer_id     text        NOT NULL,
  day             date        NOT NULL,
  score           integer     NOT NULL CHECK (score BETWEEN 0 AND 100),
  risk            text        NOT NULL CHECK (risk IN ('LOW', 'MEDIUM', 'HIGH')),
  signals         text        NOT NULL,  -- comma-separated, in their order
  open_tickets    integer     NOT NULL,
  days_to_renewal bigint      NOT NULL,
  weights_version integer     NOT NULL,
  computed_at     timestamptz NOT NULL,
  PRIMARY KEY (customer_id, day)
);
