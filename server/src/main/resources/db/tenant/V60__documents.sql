-- Small documents: parts of exports and of files to be imported. With QUIMBI_DOCUMENTS=folder or s3 they are there instead.
CREATE TABLE app.document (
  kind        text        COLLATE "C" NOT NULL,
  owner       text        COLLATE "C" NOT NULL,
  document_id text        COLLATE "C" NOT NULL,
  content     bytea       NOT NULL,
  changed_at  timestamptz NOT NULL,
  PRIMARY KEY (kind, owner, document_id)
);
