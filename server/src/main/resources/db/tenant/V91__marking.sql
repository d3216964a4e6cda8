-- Holds no rows: its lock keeps those who mark profiles as stale (ROW EXCLUSIVE) and those who freshen them (SHARE) apart,
-- while each kind goes on side by side with its own.
CREATE TABLE app.marking ();

-- Which import made the profile stale, as long as nobody else has touched its customer since: that import knows what it
-- changed and need not read the customer's events again. 0: nobody does.
ALTER TABLE app.customer ADD COLUMN marked_by bigint NOT NULL DEFAULT 0;
