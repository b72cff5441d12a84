-- What ends a finding by one command of AWS's command line, as a column `fix` says it: what `src/posture/fix` writes of
-- what takes a policy to know, these write of what a row alone tells. They read no table, and each is one expression
-- without a query in it: views ask for a fix of each of many keys.

-- A word as a POSIX shell takes it, whatever is in it (as `quoted` in src/posture/fix/shell.ts).
CREATE OR REPLACE FUNCTION aws_encryption.shell_word(word text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN word ~ '^[A-Za-z0-9_@%+=:,./-]+$' THEN word
  ELSE '''' || replace(word, '''', '''\''''') || ''''
END
$$;

-- A command on a key; null for what is no key's ARN, in which there is nothing to quote.
CREATE OR REPLACE FUNCTION aws_encryption.key_command(operation text, key_arn text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN key_arn ~ '^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$'
    THEN 'aws kms ' || operation || ' --region ' || split_part(key_arn, ':', 4) || ' --key-id ' || key_arn
END
$$;

-- A column `fix` of one step. `command` null: nothing is proposed, and `why` says what stands in the way.
CREATE OR REPLACE FUNCTION aws_encryption.fix_of_one_step(
  parties text[], purpose text, kind text, target text, command text, why text
)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT jsonb_build_array(jsonb_build_object(
  'for', to_jsonb(parties),
  'parties', cardinality(parties),
  'purpose', purpose,
  'steps', jsonb_build_array(jsonb_build_object(
    'kind', kind, 'on', target, 'statement', NULL, 'command', command, 'why', why
  ))
))
$$;

-- What keeps a key that is disabled or pending deletion; null for what is no key's ARN. What else opens with it is listed
-- by whoever reads the step (src/fixes).
CREATE OR REPLACE FUNCTION aws_encryption.fix_of_lost_key(key_arn text, key_state text)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN aws_encryption.key_command('enable-key', key_arn) IS NULL THEN NULL
  WHEN key_state = 'Disabled' THEN aws_encryption.fix_of_one_step(
    '{}', 'keep_key', 'enable_key', key_arn, aws_encryption.key_command('enable-key', key_arn),
    'While the key is disabled, nothing under it can be decrypted.'
  )
  ELSE aws_encryption.fix_of_one_step(
    '{}', 'keep_key', 'enable_key', key_arn,
    aws_encryption.key_command('cancel-key-deletion', key_arn) || E'\n' || aws_encryption.key_command('enable-key', key_arn),
    'Once the key is deleted, everything under it is lost: cancel the deletion, or move what uses it to another key first.'
  )
END
$$;

-- What makes a key rotate; of a replica its primary key, where that is set. Null where the ARN of that is not known.
-- A disabled key takes no change of its rotation (KMS API reference, EnableKeyRotation, DisabledException; read 2026-11-30).
CREATE OR REPLACE FUNCTION aws_encryption.fix_of_rotation_off(
  key_arn text, key_state text, multi_region_key_type text, primary_key_arn text
)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN multi_region_key_type = 'REPLICA' THEN CASE
    WHEN aws_encryption.key_command('', primary_key_arn) IS NOT NULL THEN aws_encryption.fix_of_one_step(
      '{}', 'turn_on', 'enable_rotation', primary_key_arn,
      aws_encryption.key_command('enable-key-rotation', primary_key_arn),
      'Rotation is set on the primary key, and its replicas go by it. The key has new material once a year from then on; the first and the second rotation each add to its monthly fee, later ones do not.'
    )
  END
  WHEN aws_encryption.key_command('', key_arn) IS NULL THEN NULL
  WHEN key_state = 'Disabled' THEN aws_encryption.fix_of_one_step(
    '{}', 'turn_on', 'enable_rotation', key_arn, NULL,
    'The key is disabled, and AWS turns rotation on for enabled keys only: nothing is to be done until the key is wanted again.'
  )
  ELSE aws_encryption.fix_of_one_step(
    '{}', 'turn_on', 'enable_rotation', key_arn, aws_encryption.key_command('enable-key-rotation', key_arn),
    'The key has new material once a year from then on; the first and the second rotation each add to its monthly fee, later ones do not.'
  )
END
$$;

-- What connects a custom key store. One whose connection failed takes more than a command: why, its error code says (KMS
-- API reference, ConnectCustomKeyStore, CustomKeyStoreInvalidStateException; read 2026-11-30). Null while AWS is at it.
CREATE OR REPLACE FUNCTION aws_encryption.fix_of_key_store(
  region text, custom_key_store_id text, connection_state text, connection_error_code text
)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT CASE connection_state
  WHEN 'DISCONNECTED' THEN aws_encryption.fix_of_one_step(
    '{}', 'turn_on', 'connect_key_store', custom_key_store_id,
    'aws kms connect-custom-key-store --region ' || aws_encryption.shell_word(region)
      || ' --custom-key-store-id ' || aws_encryption.shell_word(custom_key_store_id),
    'None of its keys can be used until it is connected; then all of them can, and what is under them opens again for whoever their policies and grants let in: the view key_uses lists it.'
  )
  WHEN 'FAILED' THEN aws_encryption.fix_of_one_step(
    '{}', 'turn_on', 'connect_key_store', custom_key_store_id, NULL,
    'AWS could not connect it' || COALESCE(' (' || connection_error_code || ')', '')
      || ': whoever keeps it ends the cause first, then it is disconnected, and connected again.'
  )
END
$$;

-- What has new EBS volumes of an account and region encrypted by default.
CREATE OR REPLACE FUNCTION aws_encryption.fix_of_ebs_default(arn text, account_id text, region text)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT aws_encryption.fix_of_one_step(
  '{}', 'turn_on', 'encrypt_by_default', arn,
  'aws ec2 enable-ebs-encryption-by-default --region ' || aws_encryption.shell_word(region),
  'By credentials of account ' || account_id
    || ': what is made from then on is encrypted, what there is stays as it is; the key is aws/ebs, under which nothing can be shared, until modify-ebs-default-kms-key-id names a customer managed key.'
)
$$;

-- What takes away a grant that somebody should not have; null for what is no key's ARN.
CREATE OR REPLACE FUNCTION aws_encryption.fix_of_grant(key_arn text, grant_id text, grantee text)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT CASE
  WHEN aws_encryption.key_command('revoke-grant', key_arn) IS NOT NULL THEN aws_encryption.fix_of_one_step(
    ARRAY[grantee], 'take_away', 'revoke_grant', key_arn,
    aws_encryption.key_command('revoke-grant', key_arn) || ' --grant-id ' || aws_encryption.shell_word(grant_id),
    'What ' || grantee || ' does with the key by grant ' || grant_id || ' alone ends with it.'
  )
END
$$;
