-- What keeps scores, history and models in step, and segments that people gave a name.

-- Work on all customers that one of several servers does: 'nightly', once a day. `beat_at` is the worker's last sign of life;
-- `ended_at` is empty while it works.
CREATE TABLE app.pass (
  name       text        PRIMARY KEY,
  day        integer     NOT NULL,
  model      text        NOT NULL,
  done       bigint      NOT NULL,
  customers  bigint      NOT NULL,
  started_at timestamptz NOT NULL,
  beat_at    timestamptz NOT NULL,
  ended_at   timestamptz
);

-- A snapshot that nobody was told at the time: made later, from the events up to its day, by the model it names.
ALTER TABLE app.snapshot ADD COLUMN recomputed boolean NOT NULL DEFAULT false;

-- Whose months before the first answer have been made up for: those before `before`, from events up to `arrival`.
CREATE TABLE app.backfill (
  customer_id text        PRIMARY KEY,
  before      timestamptz NOT NULL,
  arrival     bigint      NOT NULL
);

-- Every attempt to fit the models: why it was made and what came of it. `model` is what was in force afterwards.
CREATE TABLE app.refit (
  number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL,
  cause   text        NOT NULL,
  outcome text        NOT NULL,
  reason  text,
  model   text        NOT NULL
);

-- A filter of customers under a name; `filter` is JSON, the parameters of a query.
CREATE TABLE app.saved_segment (
  segment_id text        PRIMARY KEY,
  name       text        NOT NULL,
  filter     text        NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
