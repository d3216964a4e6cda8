-- Industry benchmarks: who takes part, what they gave, what was released of it.

-- Whether a tenant shares its figures (its own wish) and who owns it (an administrator's word). `contributed` is the last month
-- that a contribution was drawn for: in one month there is never a second.
CREATE TABLE benchmark_participation (
  tenant_id   text COLLATE "C" PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  opted_in    boolean NOT NULL DEFAULT false,
  changed_at  timestamptz,
  owner_group text,
  approved    boolean NOT NULL DEFAULT false,
  contributed date
);

-- Frozen for its month: two figures with noise at the level of customers. Leaving deletes them.
CREATE TABLE benchmark_contribution (
  tenant_id   text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
  month       date NOT NULL,
  industry    text NOT NULL,
  owner_group text NOT NULL,
  ltv         double precision NOT NULL,
  churn       double precision NOT NULL,
  PRIMARY KEY (tenant_id, month)
);
CREATE INDEX benchmark_contribution_of_industry ON benchmark_contribution (industry, month);

-- Logarithms of the factors that hide an owner's figures in small industries. Drawn once and kept for good: a second draw would
-- let two releases be averaged. No tenant's deletion takes them along.
CREATE TABLE benchmark_mask (
  owner_group text PRIMARY KEY,
  ltv         double precision NOT NULL,
  churn       double precision NOT NULL
);

-- A row for every industry and month. `basis` is the month whose figures are in force, empty where nothing may be said; the
-- figures stand in the row that is its own basis: mean, p25, p50, p75, uncertainty. Up to `value_cap` a
-- customer's value counted.
CREATE TABLE benchmark_release (
  industry    text NOT NULL,
  month       date NOT NULL,
  made_at     timestamptz NOT NULL,
  basis       date,
  reason      text,
  method      text,
  companies   integer,
  epsilon     double precision NOT NULL DEFAULT 0,
  ltv         double precision[],
  churn       double precision[],
  value_cap   double precision,
  ltv_range   double precision[],
  churn_range double precision[],
  owners      text[],
  PRIMARY KEY (industry, month)
);

-- What one unit of a currency is worth in the benchmarks' currency.
CREATE TABLE benchmark_rate (
  currency text PRIMARY KEY CHECK (length(currency) = 3),
  rate     numeric NOT NULL CHECK (rate > 0)
);
