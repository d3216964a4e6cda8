-- Changes with every change of the account, its usage or its told tickets, and never comes again: whoever holds what he read of
-- an account sees by it, and by its newest contact, that it still stands.
ALTER TABLE app.account ADD COLUMN version uuid NOT NULL DEFAULT gen_random_uuid();
