-- Accounts that are gone (or going): their tokens may live on for a while, and may not write.
-- The id is all that is kept of them.
CREATE TABLE deleted_accounts (
  principal_id VARCHAR(128) COLLATE utf8mb4_bin NOT NULL,
  deleted_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (principal_id),
  KEY deleted_accounts_deleted_at (deleted_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How often something was tried in the window at hand; one row for each subject, which is a SHA-256
-- of what is counted, so that no address stands here.
CREATE TABLE throttles (
  subject CHAR(64) COLLATE utf8mb4_bin NOT NULL,
  window_start BIGINT NOT NULL,
  hits INT NOT NULL,
  PRIMARY KEY (subject),
  KEY throttles_window_start (window_start)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
