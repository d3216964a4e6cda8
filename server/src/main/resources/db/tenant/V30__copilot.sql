-- Customers as customer success sees them: accounts, how much they use the product, their tickets, and how health is weighed.

-- `renewal_date` is kept as it was told: a date, or a time with or without an offset.
CREATE TABLE app.account (
  customer_id  text        PRIMARY KEY,
  name         text        NOT NULL,
  owner        text        NOT NULL,
  renewal_date text,
  arr          numeric     CHECK (arr >= 0),
  changed_at   timestamptz NOT NULL
);

CREATE TABLE app.account_usage (
  customer_id  text   NOT NULL,
  day          date   NOT NULL,
  active_users bigint NOT NULL CHECK (active_users >= 0),
  PRIMARY KEY (customer_id, day)
);

CREATE TABLE app.account_ticket (
  customer_id text        NOT NULL,
  ticket_id   text        NOT NULL,
  severity    text        NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH')),
  is_open     boolean     NOT NULL,
  opened_at   timestamptz NOT NULL,
  closed_at   timestamptz,
  subject     text,
  PRIMARY KEY (customer_id, ticket_id)
);

CREATE INDEX interactions_of_support ON app.interactions (customer_id) WHERE type = 'support_ticket';

-- Weights in ten-thousandths; the newest version is in force, and without one the contract's are. Rows are only ever added.
CREATE TABLE app.health_weights (
  version    integer     PRIMARY KEY CHECK (version > 1),
  usage      integer     NOT NULL CHECK (usage >= 0),
  tickets    integer     NOT NULL CHECK (tickets >= 0),
  renewal    integer     NOT NULL CHECK (renewal >= 0),
  created_at timestamptz NOT NULL,
  CHECK (usage + tickets + renewal = 10000)
);
