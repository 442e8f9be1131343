-- Fails where there are visitors: none of them has an email yet.
ALTER TABLE visitors ADD COLUMN email text NOT NULL;
