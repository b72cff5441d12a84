-- The questions about the tables `aws_encryption_*` live in a schema of their own, so that a sync and its
-- migrations never touch them, and a read-only role needs no more than this schema.
CREATE SCHEMA IF NOT EXISTS aws_encryption;
COMMENT ON SCHEMA aws_encryption IS 'What the tables aws_encryption_* say: one view for each question; unknown is always an answer of its own.';

-- What several views and checks say alike. Pure, and read no table: whoever may read a view may call them.

-- How fresh a row is: `kept`, when its place could not be read since; `unknown`, when no reading tells.
CREATE OR REPLACE FUNCTION aws_encryption.freshness(seen_at timestamp, read_at timestamp, is_unread boolean)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN is_unread OR seen_at < read_at THEN 'kept'
  WHEN read_at IS NULL THEN 'unknown'
  ELSE 'current'
END
$$;

-- Whether anybody beyond the own account is let in; null when that is not known.
CREATE OR REPLACE FUNCTION aws_encryption.is_shared(account_ids text[], organization_ids text[], with_anyone boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN cardinality(account_ids) > 0 OR cardinality(organization_ids) > 0 OR with_anyone THEN true
  WHEN account_ids IS NULL OR organization_ids IS NULL OR with_anyone IS NULL THEN NULL
  ELSE false
END
$$;

-- Whether an AWS managed key keeps out anybody who is let in to anything, by the words of a resource's verdicts.
CREATE OR REPLACE FUNCTION aws_encryption.is_locked_by_aws_managed_key(
  cross_account_use text, cross_account_read text, cross_account_write text, operations jsonb
)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT COALESCE('blocked_by_aws_managed_key' IN (cross_account_use, cross_account_read, cross_account_write), false)
  OR COALESCE(operations @? '$[*].parties[*].use ? (@ == "blocked_by_aws_managed_key")', false)
$$;

-- Whether those who are let in on paper are locked out: `locked`, `partly_locked`, `open` or `unknown`.
CREATE OR REPLACE FUNCTION aws_encryption.lock_state(cross_account_use text, are_some_blocked boolean, are_some_unknown boolean)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN cross_account_use LIKE 'blocked\_by\_%' THEN 'locked'
  WHEN cross_account_use = 'partly_blocked' OR are_some_blocked THEN 'partly_locked'
  WHEN cross_account_use IN ('possible', 'no_kms_barrier', 'not_shared') AND are_some_unknown IS NOT TRUE THEN 'open'
  ELSE 'unknown'
END
$$;

-- What keeps out somebody who is let in, each cause once: the words `blocked_by_…` of all of them. Rows of older versions
-- have the verdict over all alone (`verdicts` is null). Only the key keeps services out.
CREATE OR REPLACE FUNCTION aws_encryption.locked_by(verdicts text[], verdict text, blocked_services text[])
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT ARRAY(
  SELECT cause
  FROM unnest(ARRAY[
    'blocked_by_public_access_block', 'blocked_by_aws_managed_key', 'blocked_by_key_state', 'blocked_by_key_policy',
    'blocked_by_organization_policy', 'blocked_by_iam'
  ]) WITH ORDINALITY AS known (cause, position)
  WHERE cause = ANY (verdicts) OR cause = verdict
    OR (cause = 'blocked_by_key_policy' AND verdicts IS NULL AND cardinality(blocked_services) > 0)
  ORDER BY position
)
$$;

-- Whether it is the key that keeps somebody out: a public access block, an organization policy and IAM of their own
-- account are none of the key's doing. `unknown` where the key may keep out somebody of whom that is not known.
CREATE OR REPLACE FUNCTION aws_encryption.locked_by_key(verdicts text[], verdict text, blocked_services text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN aws_encryption.locked_by(verdicts, verdict, blocked_services)
    && ARRAY['blocked_by_aws_managed_key', 'blocked_by_key_state', 'blocked_by_key_policy'] THEN 'yes'
  WHEN COALESCE(verdict, 'unknown') = 'unknown' OR 'unknown' = ANY (verdicts) THEN 'unknown'
  -- The cause of each is not told.
  WHEN verdict = 'partly_blocked' AND verdicts IS NULL THEN 'unknown'
  ELSE 'no'
END
$$;

-- What is wrong with a principal that a policy or grant names: null when nothing is. `by_condition`: only its
-- conditions name the account, and the trust of their row is the widest of them.
CREATE OR REPLACE FUNCTION aws_encryption.gone_principal(
  principal_type text, source text, trust text, by_condition boolean, is_known boolean,
  account_state text, account_organization_id text, owner_organization_id text, was_member boolean
)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  -- In a grant a unique id can also stand for a role that lives.
  WHEN principal_type = 'deleted' AND source = 'grant' THEN 'unknown_id'
  WHEN principal_type = 'deleted' THEN 'deleted'
  WHEN account_state IN ('CLOSED', 'SUSPENDED') THEN lower(account_state)
  WHEN is_known OR trust NOT IN ('external', 'other_account') THEN NULL
  -- Another organization that is synced is no stranger.
  WHEN account_organization_id <> owner_organization_id THEN NULL
  WHEN trust = 'external' AND was_member AND NOT by_condition THEN 'left'
  WHEN was_member THEN NULL
  WHEN trust = 'external' AND NOT by_condition THEN 'stranger'
  ELSE 'unknown'
END
$$;

-- The same in words, behind the principal.
CREATE OR REPLACE FUNCTION aws_encryption.gone_principal_text(finding text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE finding
  WHEN 'unknown_id' THEN 'a unique id: it is not known whether its principal is deleted'
  WHEN 'deleted' THEN 'a principal that is deleted'
  WHEN 'closed' THEN 'whose account is closed'
  WHEN 'suspended' THEN 'whose account is suspended'
  WHEN 'left' THEN 'whose account has left the organization'
  WHEN 'stranger' THEN 'whose account is neither in the organization nor in known_accounts'
  WHEN 'unknown' THEN 'and it is not known whether that account is in the organization or in known_accounts'
END
$$;

-- How sure somebody can do something with a key: `unconditional`, `conditional`; `no` when it cannot.
CREATE OR REPLACE FUNCTION aws_encryption.certainty_of(action text, actions text[], unconditional_actions text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN action = ANY (unconditional_actions) THEN 'unconditional'
  WHEN action = ANY (actions) THEN 'conditional'
  ELSE 'no'
END
$$;

-- What stands in an element of a policy that may be one text or a list of them; null without the element.
CREATE OR REPLACE FUNCTION aws_encryption.policy_texts(element jsonb)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE jsonb_typeof(element)
  WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(element))
  WHEN 'string' THEN ARRAY[element #>> '{}']
END
$$;

-- All texts of a Principal or NotPrincipal, whatever their kind (AWS, Service, …); null without the element.
CREATE OR REPLACE FUNCTION aws_encryption.policy_principals(element jsonb)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE jsonb_typeof(element)
  WHEN 'object' THEN ARRAY(
    SELECT name
    FROM jsonb_each(CASE jsonb_typeof(element) WHEN 'object' THEN element ELSE '{}' END) AS kind
    CROSS JOIN unnest(aws_encryption.policy_texts(kind.value)) AS name
  )
  ELSE aws_encryption.policy_texts(element)
END
$$;

-- Whether one of a policy's patterns (`*` any text, `?` one character) stands for a text; null without patterns.
CREATE OR REPLACE FUNCTION aws_encryption.is_covered(value text, patterns text[])
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT value LIKE ANY (ARRAY(
  SELECT translate(regexp_replace(pattern, '([\\%_])', '\\\1', 'g'), '*?', '%_') FROM unnest(patterns) AS pattern
)) AND patterns IS NOT NULL
$$;

-- Whether a policy's conditions hold for a request of which some keys are known, by their names in lower case: `yes`,
-- `no`, or `unknown` where another key or an operator that is not read here decides. No conditions always hold.
CREATE OR REPLACE FUNCTION aws_encryption.conditions_hold(conditions jsonb, request jsonb)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
WITH tests AS (
  SELECT
    lower(operator.key) AS operator,
    request ->> lower(condition.key) AS value,
    aws_encryption.policy_texts(condition.value) AS texts
  FROM jsonb_each(CASE jsonb_typeof(conditions) WHEN 'object' THEN conditions ELSE jsonb_build_object('', conditions) END) AS operator
  LEFT JOIN LATERAL jsonb_each(CASE jsonb_typeof(operator.value) WHEN 'object' THEN operator.value ELSE '{}' END) AS condition
    ON true
  WHERE conditions <> 'null'
),
judged AS (
  SELECT CASE
    -- Variables of policies stand for texts that are not known.
    WHEN array_to_string(texts, '') LIKE '%${%' THEN NULL
    WHEN operator = 'stringequals' THEN value = ANY (texts)
    WHEN operator IN ('bool', 'boolifexists') THEN value = ANY (lower(texts::text)::text[])
    WHEN operator IN ('stringlike', 'arnlike', 'arnequals') THEN aws_encryption.is_covered(value, texts)
  END AS holds
  FROM tests
)
SELECT CASE
  WHEN bool_or(NOT holds) THEN 'no'
  WHEN bool_or(holds IS NULL) THEN 'unknown'
  ELSE 'yes'
END
FROM judged
$$;

-- Whether an identity policy lets decrypt with a key by `kms:Decrypt` or `kms:ReEncryptFrom`: `yes`, `conditional` (a
-- condition decides), `no`; null when there is no document. The key may be one that does not exist: with ids that
-- nobody writes down, only patterns that stand for all keys cover it.
CREATE OR REPLACE FUNCTION aws_encryption.policy_decrypts(document jsonb, key_arn text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
WITH statements AS (
  SELECT
    statement ->> 'Effect' AS effect,
    COALESCE(statement -> 'Condition', '{}') <> '{}' AS is_conditional,
    ARRAY(SELECT lower(text) FROM unnest(aws_encryption.policy_texts(statement -> 'Action')) AS text) AS actions,
    ARRAY(SELECT lower(text) FROM unnest(aws_encryption.policy_texts(statement -> 'NotAction')) AS text) AS other_than,
    statement ? 'NotAction' AS is_other_than,
    CASE
      WHEN statement ? 'NotResource'
        THEN NOT aws_encryption.is_covered(key_arn, aws_encryption.policy_texts(statement -> 'NotResource'))
      ELSE aws_encryption.is_covered(key_arn, aws_encryption.policy_texts(statement -> 'Resource'))
    END AS is_about_key
  FROM jsonb_array_elements(
    CASE jsonb_typeof(document -> 'Statement')
      WHEN 'array' THEN document -> 'Statement'
      WHEN 'object' THEN jsonb_build_array(document -> 'Statement')
      ELSE '[]'
    END
  ) AS statement
),
ways AS (
  SELECT
    bool_or(effect = 'Allow' AND NOT is_conditional) AS lets,
    bool_or(effect = 'Allow') AS may_let,
    bool_or(effect = 'Deny' AND NOT is_conditional) AS denies
  FROM unnest(ARRAY['kms:decrypt', 'kms:reencryptfrom']) AS action
  JOIN statements
    ON is_about_key
    AND CASE
      WHEN is_other_than THEN NOT aws_encryption.is_covered(action, other_than)
      ELSE aws_encryption.is_covered(action, actions)
    END
  GROUP BY action
)
SELECT CASE
  WHEN document IS NULL THEN NULL
  WHEN EXISTS (SELECT FROM ways WHERE lets AND NOT denies) THEN 'yes'
  WHEN EXISTS (SELECT FROM ways WHERE may_let AND NOT denies) THEN 'conditional'
  ELSE 'no'
END
$$;

-- When what uses a key breaks without it, and how long it can be rescued, in words behind it.
CREATE OR REPLACE FUNCTION aws_encryption.breaking_text(breaks text, recoverable_days integer)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE breaks
  WHEN 'at_once' THEN 'which breaks at once'
  WHEN 'within_hours' THEN 'which breaks within hours'
  WHEN 'at_next_attach' THEN 'which goes on until it is detached'
  WHEN 'until_it_fails' THEN 'which goes on until its hardware fails'
  WHEN 'new_data_only' THEN 'which takes nothing new'
  ELSE 'of which AWS does not say when it breaks'
END || CASE
  WHEN recoverable_days = 0 THEN ' and is not rescued by the key'
  WHEN recoverable_days IS NOT NULL THEN format(' and is rescued only within %s days', recoverable_days)
  ELSE ''
END
$$;

-- What breaks first, first.
CREATE OR REPLACE FUNCTION aws_encryption.breaking_order(breaks text)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT array_position(ARRAY['at_once', 'within_hours', 'at_next_attach', 'until_it_fails', 'new_data_only', 'not_known'], breaks)
$$;

-- What becomes of a key that cannot be used, without the full stop.
CREATE OR REPLACE FUNCTION aws_encryption.fate_of_lost_key(key_state text, days_left integer)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN key_state = 'Disabled' THEN 'Disabled'
  WHEN days_left IS NULL THEN 'Deleted once its replicas are'
  WHEN days_left = 1 THEN 'Deleted in 1 day'
  ELSE format('Deleted in %s days', days_left)
END
$$;

-- Whom something is shared with who is locked out, beside accounts.
CREATE OR REPLACE FUNCTION aws_encryption.locked_out_names(is_anyone boolean, organization_ids text[], services text[])
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE WHEN is_anyone THEN ARRAY['anyone'] ELSE '{}' END || COALESCE(organization_ids, '{}') || COALESCE(services, '{}')
$$;

-- Who cannot do what, and why, by the causes of `locked_by`; `%1$s` where those stand who are locked out.
CREATE OR REPLACE FUNCTION aws_encryption.locked_out_sentence(state text, causes text[], doing text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN state = 'unknown' THEN format('Not known whether all whom it is shared with can %s.', doing)
  ELSE format('Shared with %s, who cannot %s', '%1$s', doing) || COALESCE(
    (
      SELECT ': ' || string_agg(
        CASE cause
          WHEN 'blocked_by_public_access_block' THEN 'a public access block stops them'
          WHEN 'blocked_by_aws_managed_key' THEN 'its key is AWS managed and lets in its own account alone'
          WHEN 'blocked_by_key_state' THEN 'its key is disabled, gone or of a kind that does not serve'
          WHEN 'blocked_by_key_policy' THEN 'neither policy nor grants of its key let them in'
          WHEN 'blocked_by_organization_policy' THEN 'an organization policy stops them'
          WHEN 'blocked_by_iam' THEN 'IAM of their own account does not allow it'
          ELSE replace(cause, '_', ' ')
        END, '; ' ORDER BY place)
      FROM unnest(causes) WITH ORDINALITY AS known (cause, place)
    ),
    '; why is not known'
  ) || '.'
END
$$;

-- What else is open with a key that outsiders can use: related keys of a multi-Region family decrypt alike.
CREATE OR REPLACE FUNCTION aws_encryption.relatives_sentence(urgency text, regions text[], own_region text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN cardinality(regions) > 1 AND urgency IN ('public', 'outside', 'outside_under_conditions')
    THEN format(
      ' So is open what its related keys in %s encrypt.', array_to_string(array_remove(regions, own_region), ', ')
    )
  ELSE ''
END
$$;

-- What comes first among findings: views, checks and the page go by this order. Within a place of it: a deletion that is
-- nearer, then account, organizational unit and owner. What is not known (any other word) comes last.
CREATE OR REPLACE FUNCTION aws_encryption.urgency_rank(urgency text)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT COALESCE(
  array_position(
    ARRAY['public', 'outside', 'deletion_in_use', 'locked_out', 'outside_under_conditions', 'rest'], urgency
  ),
  7
)
$$;

-- The urgency of a key that somebody outside the organization can use. That conditions limit it has to be known.
CREATE OR REPLACE FUNCTION aws_encryption.outside_urgency(
  usable text, usable_after_policies text, widest_sharing text, unconditional boolean
)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN usable_after_policies = 'no' THEN 'rest'
  WHEN widest_sharing = 'public' THEN 'public'
  WHEN usable IS DISTINCT FROM 'yes' THEN 'unknown'
  WHEN unconditional IS FALSE THEN 'outside_under_conditions'
  ELSE 'outside'
END
$$;

-- The owner of a thing by its tags: the value of the first tag whose key is such a word, in any letter case and with any
-- hyphens; null when there is none, or tags were not read.
CREATE OR REPLACE FUNCTION aws_encryption.owner_by_tags(tags jsonb)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT NULLIF(btrim(tag.value), '')
FROM jsonb_each_text(CASE WHEN jsonb_typeof(tags) = 'object' THEN tags END) AS tag
CROSS JOIN LATERAL array_position(
  ARRAY[
    'owner', 'team', 'owningteam', 'ownerteam', 'teamowner', 'teamname', 'owneremail', 'serviceowner', 'dataowner',
    'businessowner', 'technicalowner', 'squad', 'contact'
  ],
  regexp_replace(lower(regexp_replace(tag.key, '^.*:', '')), '[^a-z]', '', 'g')
) AS place
WHERE place IS NOT NULL AND btrim(tag.value) <> ''
ORDER BY place, tag.key
LIMIT 1
$$;

-- Names in a sentence: the first of them, and how many there are beside.
CREATE OR REPLACE FUNCTION aws_encryption.first_names(names text[], most integer)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT array_to_string(names[:most], ', ')
  || CASE WHEN cardinality(names) > most THEN format(' and %s more', cardinality(names) - most) ELSE '' END
$$;

-- Whether somebody whom a key lets in (an account, an organization, `*` for anyone) remains after policies of the
-- organization, by what the key's row says of them: `yes`, `no` (they surely keep it out), or `unknown`.
CREATE OR REPLACE FUNCTION aws_encryption.left_by_policies(
  party text, sharing text, effective_sharing text, effective_sharing_complete boolean,
  account_ids text[], effective_account_ids text[], effective_organization_ids text[], policy_ids text[]
)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN effective_sharing IS NULL OR effective_sharing = 'unknown' THEN 'unknown'
  WHEN effective_sharing = 'not_shared' THEN 'no'
  WHEN party = '*' AND effective_sharing <> 'public' THEN 'no'
  WHEN party ~ '^\d{12}$' AND party <> ALL (effective_account_ids) THEN 'no'
  -- Of an organization that is kept out, accounts may be spared (its management account): they stand by themselves.
  WHEN party LIKE 'o-%' AND party <> ALL (effective_organization_ids) AND effective_account_ids <@ account_ids THEN 'no'
  WHEN effective_sharing_complete IS NOT TRUE THEN 'unknown'
  WHEN party = '*' OR party = ANY (effective_account_ids || effective_organization_ids) OR policy_ids = '{}' THEN 'yes'
  ELSE 'unknown'
END
$$;
