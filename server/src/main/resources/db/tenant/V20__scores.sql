-- What the models say of each customer, kept for lists, statistics and history. Everything here can be made again from
-- app.customer and app.model; `day` and `model` tell what it was made for, `seen` which row version of app.customer.

-- `segments` names the dominant segment of each axis ('purchase_value=whale') in the order of the axes, the eight main ones first.
-- Money is in minor units of the tenant's currency.
CREATE TABLE app.score (
  customer_id    text             PRIMARY KEY,
  day            integer          NOT NULL,
  model          text             NOT NULL,
  seen           bigint           NOT NULL,
  segments       text[]           NOT NULL,
  memberships    bytea            NOT NULL,
  confidence     double precision NOT NULL,
  churn_risk     double precision NOT NULL,
  ltv_12mo       bigint           NOT NULL,
  lifetime_value bigint           NOT NULL,
  spent_per_year bigint           NOT NULL
) WITH (fillfactor = 75);

-- What was said of a customer on a day: a row for each day on which their events or shares had changed.
CREATE TABLE app.snapshot (
  customer_id    text             NOT NULL,
  day            integer          NOT NULL,
  model          text             NOT NULL,
  memberships    bytea            NOT NULL,
  churn_risk     double precision NOT NULL,
  ltv_12mo       bigint           NOT NULL,
  lifetime_value bigint           NOT NULL,
  PRIMARY KEY (customer_id, day)
);
