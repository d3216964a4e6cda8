-- Who calls the copilot's tools. A client's secrets are in `secret`, sealed.

CREATE TABLE copilot_client (
  client_id   text COLLATE "C" PRIMARY KEY,
  tenant_id   text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
  owners      text[]      NOT NULL,  -- whose accounts it may see
  tools       text[]      NOT NULL,  -- which tools it may call
  v2_required boolean     NOT NULL,
  per_minute  integer     NOT NULL CHECK (per_minute > 0),
  created_at  timestamptz NOT NULL,
  rotated_at  timestamptz
);

-- Nonces that were used, until the window in which they could be used again has passed.
CREATE TABLE copilot_nonce (
  client_id  text COLLATE "C" NOT NULL REFERENCES copilot_client ON DELETE CASCADE,
  nonce      text COLLATE "C" NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (client_id, nonce)
);
CREATE INDEX copilot_nonce_by_age ON copilot_nonce (expires_at);
