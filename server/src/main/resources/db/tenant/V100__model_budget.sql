-- What language models have cost on a day of the tenant's: requests under way count with what they may cost at most.
CREATE TABLE app.model_budget (
  day    date    PRIMARY KEY,
  tokens bigint  NOT NULL CHECK (tokens >= 0),
  money  numeric NOT NULL CHECK (money >= 0)
);
