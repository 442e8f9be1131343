CREATE SCHEMA IF NOT EXISTS webapp;
CREATE TABLE IF NOT EXISTS webapp.visitors (
  id serial PRIMARY KEY,
  name text NOT NULL UNIQUE
);
