CREATE TABLE book (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  revision BIGINT NOT NULL,
  last_student BIGINT NOT NULL,
  last_item BIGINT NOT NULL,
  last_grade BIGINT NOT NULL,
  last_entry BIGINT NOT NULL,
  grades BIGINT NOT NULL
);

INSERT INTO book VALUES (1, 0, 0, 0, 0, 0, 0);

CREATE TABLE student (
  id BIGINT PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  withdrawn BIGINT NOT NULL CHECK (withdrawn IN (0, 1)),
  version BIGINT NOT NULL
);

CREATE TABLE kind (
  name TEXT PRIMARY KEY,
  weight BIGINT NOT NULL CHECK (weight >= 0),
  drop_lowest BIGINT NOT NULL CHECK (drop_lowest >= 0),
  version BIGINT NOT NULL
);

INSERT INTO kind VALUES ('Test', 25000000, 0, 1), ('Quiz', 25000000, 0, 1),
  ('Homework', 25000000, 0, 1), ('Exam', 25000000, 0, 1);

CREATE TABLE letter (
  name TEXT PRIMARY KEY,
  at_least BIGINT NOT NULL UNIQUE CHECK (at_least >= 0)
);

INSERT INTO letter VALUES ('A', 90000000), ('B', 80000000), ('C', 70000000), ('D', 60000000), ('F', 0);

CREATE TABLE item (
  id BIGINT PRIMARY KEY,
  title TEXT NOT NULL,
  kind TEXT NOT NULL REFERENCES kind (name),
  points BIGINT NOT NULL CHECK (points > 0),
  version BIGINT NOT NULL,
  UNIQUE (title, kind)
);

CREATE TABLE grade (
  student BIGINT NOT NULL REFERENCES student (id),
  id BIGINT NOT NULL,
  item BIGINT NOT NULL REFERENCES item (id),
  score BIGINT CHECK (score >= 0),
  excused BIGINT NOT NULL CHECK (excused IN (0, 1)),
  remark TEXT NOT NULL,
  version BIGINT NOT NULL,
  entered BIGINT NOT NULL,
  PRIMARY KEY (student, id)
);

CREATE INDEX grade_item ON grade (item);

CREATE TABLE history (
  id BIGINT PRIMARY KEY,
  revision BIGINT NOT NULL,
  happened BIGINT NOT NULL,
  who TEXT NOT NULL,
  student BIGINT,
  grade BIGINT,
  what TEXT NOT NULL,
  old_state TEXT,
  new_state TEXT,
  why TEXT NOT NULL,
  trace TEXT NOT NULL
);

CREATE INDEX history_revision ON history (revision);
CREATE INDEX history_student ON history (student, id);

CREATE TABLE answered (
  client_key TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  status BIGINT NOT NULL,
  location TEXT NOT NULL,
  tag TEXT NOT NULL,
  body TEXT NOT NULL,
  answered_at BIGINT NOT NULL
);

CREATE INDEX answered_time ON answered (answered_at);
