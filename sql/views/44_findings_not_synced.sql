-- Parts of findings_in_order that no sync looked at, since a table that they need is not synced: never "none".
CREATE OR REPLACE VIEW aws_encryption.findings_not_synced AS
SELECT
  'unknown' AS urgency, NULL::text AS account_id, NULL::text AS region, NULL::text AS service, NULL::text AS resource_type,
  NULL::text AS arn, part.about AS name, NULL::text AS key_arn, NULL::integer AS days_left, NULL::text[] AS who,
  NULL::text[] AS who_account_ids,
  CASE
    WHEN question.status = 'not_applied' THEN format('Not known: the view %s is not there, apply the views.', question.view_name)
    ELSE format('Not known, since not synced: %s.', array_to_string(question.tables_not_synced, ', '))
  END AS sentence,
  NULL::jsonb AS fix, 'unknown' AS freshness, NULL::text[] AS check_ids
FROM aws_encryption.questions AS question
JOIN (
  VALUES
    ('usable_outside_organization', 'who outside can use keys, and under which conditions'),
    ('uses_of_lost_keys', 'whether disabled keys and those pending deletion are in use'),
    ('locked_buckets', 'whom keys of buckets lock out'),
    ('locked_resources', 'whom keys of other resources lock out'),
    ('resources_under_foreign_keys', 'what is under keys of other organizations')
) AS part (view_name, about) ON part.view_name = question.view_name
WHERE question.status <> 'answered';
