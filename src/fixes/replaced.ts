import type { Ask } from './uses-of-keys.ts';

/** A resource whose key may be replaced. */
export interface Replaced {
  /** Keys that it has now. */
  readonly keys: readonly string[];
  /** ARNs of buckets that it replicates to. */
  readonly copiesTo: readonly string[];
  /** Buckets that replicate to it under a key that their rule names, with that key. */
  readonly copiesFrom: readonly { readonly bucket: string; readonly key: string }[];
}

/** What was read of some resources and buckets, by ARN. */
export async function replacedOf(arns: readonly string[], ask: Ask): Promise<ReadonlyMap<string, Replaced>> {
  if (arns.length === 0) return new Map();
  const rows = await ask<Replaced & { readonly arn: string }>(REPLACED, [arns]);
  return new Map(rows.map((row) => [row.arn, row]));
}

const REPLACED = `
  WITH asked AS (SELECT DISTINCT arn FROM unnest($1::text[]) AS asked (arn)),
  keys AS (
    SELECT arn, array_agg(DISTINCT key_arn ORDER BY key_arn) AS keys
    FROM aws_encryption.configured_uses
    WHERE use_kind IN ('bucket', 'resource') AND arn = ANY ($1)
    GROUP BY arn
  ),
  ways AS (
    SELECT bucket.arn AS source, way ->> 'bucket_arn' AS target, way ->> 'kms_key_arn' AS key
    FROM aws_encryption.current_buckets AS bucket
    CROSS JOIN LATERAL jsonb_array_elements(
      CASE jsonb_typeof(bucket.replication) WHEN 'array' THEN bucket.replication ELSE '[]' END
    ) AS way
    WHERE way ->> 'status' = 'Enabled'
  ),
  outward AS (
    SELECT source AS arn, array_agg(DISTINCT target ORDER BY target) AS targets FROM ways WHERE source = ANY ($1) GROUP BY source
  ),
  inward AS (
    SELECT target AS arn, jsonb_agg(DISTINCT jsonb_build_object('bucket', source, 'key', key)) AS sources
    FROM ways
    WHERE target = ANY ($1) AND key IS NOT NULL
    GROUP BY target
  )
  SELECT
    asked.arn,
    COALESCE(keys.keys, '{}') AS keys,
    COALESCE(outward.targets, '{}') AS "copiesTo",
    COALESCE(inward.sources, '[]') AS "copiesFrom"
  FROM asked
  LEFT JOIN keys USING (arn)
  LEFT JOIN outward USING (arn)
  LEFT JOIN inward USING (arn)
`;
