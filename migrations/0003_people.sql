-- People of both providers: the rows that are here become Stytch's. The code that ran before this
-- migration works with it, and so does the one that comes after it.
-- principal_id is netlify:<sub> or stytch:<user_id>, as in issues and deleted_accounts; it is null
-- until the address's owner has signed in. An address may have one row for each provider.
-- creation_key is the SHA-256 of an admin and the Idempotency-Key with which they added the row, null
-- in a row that an invitation or its owner made; request_hash tells a repetition from another request.
ALTER TABLE users
  ADD COLUMN provider VARCHAR(16) COLLATE utf8mb4_bin NOT NULL DEFAULT 'stytch',
  ADD COLUMN principal_id VARCHAR(128) COLLATE utf8mb4_bin NULL,
  ADD COLUMN last_seen_at DATETIME(6) NULL,
  ADD COLUMN creation_key CHAR(64) COLLATE utf8mb4_bin NULL,
  ADD COLUMN request_hash CHAR(64) COLLATE utf8mb4_bin NULL;
ALTER TABLE users
  ALTER COLUMN idempotency_key SET DEFAULT '';
ALTER TABLE users
  ADD UNIQUE KEY users_email_provider (email, provider),
  ADD UNIQUE KEY users_principal_id (principal_id),
  ADD UNIQUE KEY users_creation_key (creation_key);
ALTER TABLE users
  DROP KEY users_email;
