-- What the code before 0003 needed, and nothing reads any more. `migrations.backfill` must have run.
ALTER TABLE users
  DROP KEY users_stytch_user_id;
ALTER TABLE users
  DROP COLUMN stytch_user_id,
  DROP COLUMN idempotency_key;
