-- The questions about the tables `aws_encryption_*` live in a schema of their own, so that a sync and its
-- migrations never touch them, and a read-only role needs no more than this schema.
CREATE SCHEMA IF NOT EXISTS aws_encryption;
COMMENT ON SCHEMA aws_encryption IS 'What the tables aws_encryption_* say: one view for each question; unknown is always an answer of its own.';
