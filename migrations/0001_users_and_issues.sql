-- Who is known here. A row made by an admin or an invitation carries no Stytch user id until its
-- owner has signed in. E-mails are normalised in code, so they compare byte by byte.
CREATE TABLE users (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  email VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
  name VARCHAR(255) NOT NULL,
  stytch_user_id VARCHAR(128) COLLATE utf8mb4_bin NULL,
  idempotency_key CHAR(64) COLLATE utf8mb4_bin NOT NULL,
  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY users_email (email),
  UNIQUE KEY users_stytch_user_id (stytch_user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- An issue belongs to the principal who created it: assignee_id is netlify:<sub> or stytch:<user_id>.
-- idempotency_key is the SHA-256 of the client's key (or of one of our own), so that a repeated
-- request makes one row; request_hash tells a repetition from another request with the same key.
-- status is a text that the code checks: a new status needs no change of the table.
CREATE TABLE issues (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  title VARCHAR(255) NOT NULL,
  status VARCHAR(16) COLLATE utf8mb4_bin NOT NULL DEFAULT 'to-do',
  assignee_id VARCHAR(128) COLLATE utf8mb4_bin NOT NULL,
  assignee_name VARCHAR(255) NOT NULL,
  assignee_email VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
  idempotency_key CHAR(64) COLLATE utf8mb4_bin NOT NULL,
  request_hash CHAR(64) COLLATE utf8mb4_bin NOT NULL,
  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY issues_assignee_idempotency (assignee_id, idempotency_key),
  KEY issues_status (status, id),
  KEY issues_assignee (assignee_id, id),
  KEY issues_assignee_status (assignee_id, status, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
