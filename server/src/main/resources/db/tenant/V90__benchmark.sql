-- The probability to buy nothing within 365 days: churn as all companies are compared by it. Null for who never bought.
ALTER TABLE app.score ADD COLUMN churn_year double precision;
-- Scores without it are made again.
UPDATE app.score SET day = 0;
-- Orders come nearly in the order of their times: a small index tells which blocks hold a period.
CREATE INDEX orders_by_time ON app.orders USING brin (ordered_at) WITH (pages_per_range = 32);
