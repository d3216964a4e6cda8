-- Work that outlives a request. `due_at` is when a job may be taken: the time wished for while it is queued, the end of the lease
-- while it runs. `lease` counts takings: who finishes a job must name the one it holds, so a worker that was taken for dead
-- changes nothing any more.
CREATE TABLE job (
  job_id       text COLLATE "C" PRIMARY KEY,
  tenant_id    text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
  kind         text        NOT NULL,
  started_by   text        NOT NULL,
  input        text        NOT NULL,
  status       text        NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
  progress     integer     NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  lease        integer     NOT NULL DEFAULT 0,
  max_attempts integer     NOT NULL CHECK (max_attempts > 0),
  due_at       timestamptz NOT NULL,
  result       text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  finished_at  timestamptz
);
CREATE INDEX job_due ON job (due_at) WHERE status IN ('queued', 'running');
CREATE INDEX job_of_tenant ON job (tenant_id, created_at);
