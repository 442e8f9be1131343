CREATE TABLE visitors (
  id serial PRIMARY KEY,
  name text NOT NULL UNIQUE
);
