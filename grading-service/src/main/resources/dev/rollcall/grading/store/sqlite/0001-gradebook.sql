CREATE TABLE book (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  last_student INTEGER NOT NULL,
  last_item INTEGER NOT NULL,
  last_grade INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  grades INTEGER NOT NULL
) STRICT;

INSERT INTO book VALUES (1, 0, 0, 0, 0, 0, 0);

CREATE TABLE student (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE kind (
  name TEXT PRIMARY KEY,
  weight INTEGER NOT NULL CHECK (weight >= 0),
  drop_lowest INTEGER NOT NULL CHECK (drop_lowest >= 0),
  version INTEGER NOT NULL
) STRICT;

INSERT INTO kind VALUES ('Test', 25000000, 0, 1), ('Quiz', 25000000, 0, 1),
  ('Homework', 25000000, 0, 1), ('Exam', 25000000, 0, 1);

CREATE TABLE letter (
  name TEXT PRIMARY KEY,
  at_least INTEGER NOT NULL UNIQUE CHECK (at_least >= 0)
) STRICT;

INSERT INTO letter VALUES ('A', 90000000), ('B', 80000000), ('C', 70000000), ('D', 60000000), ('F', 0);

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  kind TEXT NOT NULL REFERENCES kind (name),
  points INTEGER NOT NULL CHECK (points > 0),
  version INTEGER NOT NULL,
  UNIQUE (title, kind)
) STRICT;

CREATE TABLE grade (
  student INTEGER NOT NULL REFERENCES student (id),
  id INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES item (id),
  score INTEGER CHECK (score >= 0),
  excused INTEGER NOT NULL CHECK (excused IN (0, 1)),
  remark TEXT NOT NULL,
  version INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  PRIMARY KEY (student, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX grade_item ON grade (item);

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL,
  happened INTEGER NOT NULL,
  who TEXT NOT NULL,
  student INTEGER,
  grade INTEGER,
  what TEXT NOT NULL,
  old_state TEXT,
  new_state TEXT,
  why TEXT NOT NULL,
  trace TEXT NOT NULL
) STRICT;

CREATE INDEX history_revision ON history (revision);
CREATE INDEX history_student ON history (student, id);

CREATE TABLE answered (
  client_key TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  status INTEGER NOT NULL,
  location TEXT NOT NULL,
  tag TEXT NOT NULL,
  body TEXT NOT NULL,
  answered_at INTEGER NOT NULL
) STRICT;

CREATE INDEX answered_time ON answered (answered_at);
