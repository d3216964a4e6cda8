-- The control database: which tenants there are, who may speak for them, what must be kept secret.

CREATE TABLE tenant (
  tenant_id     text COLLATE "C" PRIMARY KEY,
  name          text NOT NULL,
  industry      text,
  time_zone     text NOT NULL,
  currency      text NOT NULL CHECK (length(currency) = 3),
  -- CREATE DATABASE knows no transactions: what was begun is finished by whoever finds it.
  state         text NOT NULL CHECK (state IN ('creating', 'ready', 'deleting')),
  database_name text NOT NULL UNIQUE,
  role_name     text NOT NULL UNIQUE,
  -- host:port of the server that holds the database; null: the one that holds this table (whose
  -- port may be another one after each start).
  server        text,
  -- Which migrations its database has: a fingerprint of their texts.
  migrations    text,
  created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_key (
  key_id       text PRIMARY KEY,
  tenant_id    text COLLATE "C" REFERENCES tenant ON DELETE CASCADE,  -- null: an admin key
  label        text NOT NULL,
  hash         bytea NOT NULL UNIQUE,                                 -- SHA-256 of the secret
  scopes       text[] NOT NULL,
  mode         text NOT NULL CHECK (mode IN ('LIVE', 'TEST')),
  per_minute   integer NOT NULL CHECK (per_minute > 0),
  per_hour     integer NOT NULL CHECK (per_hour > 0),
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);

CREATE INDEX api_key_by_tenant ON api_key (tenant_id, label) WHERE revoked_at IS NULL;

-- How much of the tenant's own currency one unit of `currency` was worth on a day.
CREATE TABLE exchange_rate (
  tenant_id text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
  currency  text NOT NULL CHECK (length(currency) = 3),
  day       date NOT NULL,
  rate      numeric NOT NULL CHECK (rate > 0),
  PRIMARY KEY (tenant_id, currency, day)
);

-- What must be readable again (database passwords, HMAC secrets, provider keys), encrypted.
CREATE TABLE secret (
  name       text PRIMARY KEY,
  sealed     bytea NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);

-- Bucket4j's, for several servers that agree.
CREATE TABLE rate_limit (
  id         text PRIMARY KEY,
  state      bytea,
  expires_at bigint
);
