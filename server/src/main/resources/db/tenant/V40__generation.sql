-- What messages may state, and what became of the messages and actions that were made.

-- `content` is the item as it was told; `words` is what is searched: all its texts.
CREATE TABLE app.catalog_item (
  kind    text     NOT NULL CHECK (kind IN ('product', 'offer', 'policy', 'snippet')),
  item_id text     NOT NULL,
  content jsonb    NOT NULL,
  words   text     NOT NULL,
  search  tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('english'::regconfig, words)) STORED,
  PRIMARY KEY (kind, item_id)
);

CREATE INDEX catalog_item_search ON app.catalog_item USING gin (search);

-- A message as it was given out. The text is kept to measure what was changed before it was sent.
CREATE TABLE app.generated_message (
  message_id text        PRIMARY KEY,
  goal       text        NOT NULL,
  generator  text        NOT NULL,
  message    text        NOT NULL,
  made_at    timestamptz NOT NULL,
  verdict    text        CHECK (verdict IN ('sent', 'edited', 'rejected')),
  distance   integer     CHECK (distance >= 0)
);

CREATE INDEX generated_message_made_at ON app.generated_message (made_at);

-- An action as it was recommended, what was decided and what came of it.
CREATE TABLE app.recommended_action (
  action_id text        PRIMARY KEY,
  play_id   text        NOT NULL,
  playbook  text        NOT NULL,
  made_at   timestamptz NOT NULL,
  decision  text        CHECK (decision IN ('accepted', 'rejected')),
  result    text        CHECK (result IN ('success', 'failure'))
);

CREATE INDEX recommended_action_play ON app.recommended_action (play_id) WHERE decision IS NOT NULL;
