-- What happened: orders, interactions, and what each customer's add up to. The database's collation is C.

-- Numbers the versions of orders and interactions in the order of their arrival.
CREATE SEQUENCE app.arrival;

-- The winning version of each order. `content` is OrderCodec's form, `fingerprint` tells versions apart (content and customer),
-- `rate` converts the order's currency into the tenant's and `net_minor` is what it brought in the tenant's minor units.
CREATE TABLE app.orders (
  source      text        NOT NULL,
  order_id    text        NOT NULL,
  customer_id text        NOT NULL,
  ordered_at  timestamptz NOT NULL,
  updated_at  timestamptz,
  received_at timestamptz NOT NULL,
  net_minor   bigint      NOT NULL,
  rate        numeric     NOT NULL,
  content     bytea       NOT NULL,
  fingerprint uuid        NOT NULL,
  arrival     bigint      NOT NULL DEFAULT nextval('app.arrival'),
  PRIMARY KEY (source, order_id)
);
CREATE INDEX orders_of_customer ON app.orders (customer_id, order_id);

-- Every other version, kept for questions about what was known at a time. Rows are only ever added.
CREATE TABLE app.order_superseded (LIKE app.orders INCLUDING DEFAULTS);
CREATE INDEX order_superseded_by_identity ON app.order_superseded (source, order_id);
CREATE INDEX order_superseded_by_customer ON app.order_superseded (customer_id);

-- All versions of orders ever told. The one with the greatest (updated_at, arrival) is the winner; none stated is the least.
CREATE VIEW app.order_version AS
  SELECT *, true AS is_winner FROM app.orders
  UNION ALL
  SELECT *, false FROM app.order_superseded;

-- The latest telling of each interaction. `metadata` is JSON text as it was told.
CREATE TABLE app.interactions (
  source      text        NOT NULL,
  identity    text        NOT NULL,
  customer_id text        NOT NULL,
  type        text        NOT NULL,
  channel     text,
  at          timestamptz NOT NULL,
  metadata    text,
  received_at timestamptz NOT NULL,
  fingerprint uuid        NOT NULL,
  arrival     bigint      NOT NULL DEFAULT nextval('app.arrival'),
  PRIMARY KEY (source, identity)
);
CREATE INDEX interactions_of_customer ON app.interactions (customer_id, at);

CREATE TABLE app.interaction_superseded (LIKE app.interactions INCLUDING DEFAULTS);
CREATE INDEX interaction_superseded_by_identity ON app.interaction_superseded (source, identity);
CREATE INDEX interaction_superseded_by_customer ON app.interaction_superseded (customer_id);

CREATE VIEW app.interaction_version AS
  SELECT *, true AS is_winner FROM app.interactions
  UNION ALL
  SELECT *, false FROM app.interaction_superseded;

-- The sum of a customer's orders and interactions in ProfileCodec's form. While `stale`, an import has added orders that
-- are not yet in `profile`: readers add up the orders instead. Rows are never deleted; an empty profile is an unknown customer.
CREATE TABLE app.customer (
  customer_id text        PRIMARY KEY,
  profile     bytea       NOT NULL,
  stale       boolean     NOT NULL DEFAULT false,
  changed_at  timestamptz NOT NULL
) WITH (fillfactor = 75);
CREATE INDEX customer_stale ON app.customer (customer_id) WHERE stale;
ALTER TABLE app.customer ALTER COLUMN profile SET STORAGE EXTERNAL;

-- Fitted models; the newest of a kind is in force.
CREATE TABLE app.model (
  version    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text        NOT NULL,
  created_at timestamptz NOT NULL,
  content    bytea       NOT NULL,
  quality    text        NOT NULL
);
CREATE INDEX model_by_kind ON app.model (kind, version DESC);

-- Answers to requests that came with an Idempotency-Key; `status` is empty while the first of them is being worked on.
CREATE TABLE app.idempotency (
  key          text        PRIMARY KEY,
  request_hash bytea       NOT NULL,
  created_at   timestamptz NOT NULL,
  leased_until timestamptz NOT NULL,
  status       integer,
  body         text
);
CREATE INDEX idempotency_by_age ON app.idempotency (created_at);
