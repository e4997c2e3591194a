-- Search by title: a page of titles that begin alike is a range on one of these indexes. title_key is
-- what the database makes of a title, so the code that ran before this migration works with it. It has
-- bytes (UTF-8), and no collation: which title comes first is the same on every server, and Vitess can
-- merge the rows of several shards.
ALTER TABLE issues
  ADD COLUMN title_key VARBINARY(1020) GENERATED ALWAYS AS (LOWER(title)) VIRTUAL;
ALTER TABLE issues
  ADD KEY issues_title (title_key, id),
  ADD KEY issues_status_title (status, title_key, id),
  ADD KEY issues_assignee_title (assignee_id, title_key, id),
  ADD KEY issues_assignee_status_title (assignee_id, status, title_key, id);
