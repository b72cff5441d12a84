import { valueOrNull } from '../../aws/fact.ts';
import { entityText } from '../cross-account/entity-text.ts';
import type { ExternalEntities, ExternalEntity } from '../cross-account/external-entities.ts';
import { type EntityVerdict, judgeEntities } from '../cross-account/judge.ts';
import type { IamOf, Judged, Terms } from '../cross-account/judged.ts';
import { overall, verdictsOf } from '../cross-account/overall.ts';
import { type CrossAccountUse, canUse, type EntityUse, isBlocked } from '../cross-account/use.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { type DefaultEncryption, type HeaderDemand, headerDemand } from './headers.ts';
import { deliversUnderSseS3Only } from './log-delivery.ts';
import { replicateObjects, writeInParts, writeObjects } from './operations.ts';
import type { BucketPosture } from './posture.ts';

/** What became of one entity that is let in to write. */
export interface WriterVerdict extends EntityVerdict {
  /** `replicate`: it is let in to replicate objects into the bucket, and not to put any. */
  readonly by: 'put' | 'replicate';
  readonly demand: HeaderDemand;
  /** It may begin a multipart upload, and its parts are kept out, as said; null: they are not. */
  readonly parts: EntityUse | null;
  /** A service that delivers to buckets under SSE-S3 only. */
  readonly sseS3Only: boolean;
}

/** Who can write into a bucket under its default encryption. */
export interface WriteVerdict {
  /** Services are apart, as in the verdict on reading. */
  readonly crossAccountWrite: CrossAccountUse;
  /** Each word that holds of somebody, services too. */
  readonly verdicts: readonly EntityUse[];
  readonly writers: readonly WriterVerdict[];
  /** The key that writes are held against; not known where it is the writer's account that decides. */
  readonly key: ResolvedKey;
}

/**
 * Whether those whom the bucket's policy lets in can write objects under the bucket's default encryption, or under
 * SSE-S3 where the policy demands that in its place. A writer that may name another encryption can choose one.
 */
export function writeVerdict(posture: BucketPosture, resolved: ResolvedKey, iam?: IamOf): WriteVerdict {
  const { access, writers, replicators, facts, mayMissEntities } = posture;
  const key = keyOfWriters(posture, resolved);
  const terms: Terms = {
    key: key.key,
    checkedAgainst: 'caller',
    publicAccessBlocked: posture.publicAccess.blocksPolicy,
  };
  const judged = (external: ExternalEntities, operation: Judged['operation'], changes: Partial<Terms> = {}) =>
    judgeEntities({
      ...terms,
      ...changes,
      external,
      context: access.context,
      region: facts.scope.region,
      coveredByRcps: true,
      operation,
      policy: access.policy,
      iam,
    });
  const put = judged(writers, writeObjects(facts));
  const inParts =
    key.key.state === 'found' && put.some(({ use }) => canUse(use))
      ? judged(writers, writeInParts(facts))
      : [];
  const demands = demandsOn(posture, resolved, put);
  const underSseS3 = [...demands.values()].includes('sse_s3')
    ? judged(writers, writeObjects(facts), { key: { state: 'none' } })
    : [];
  const putting = new Set(put.map(({ entity }) => entityText(entity)));
  const replicated = judged(replicators, replicateObjects(facts)).filter(
    ({ entity }) => entity.kind !== 'service' && !putting.has(entityText(entity)),
  );
  const all: readonly WriterVerdict[] = [
    ...put.map((verdict): WriterVerdict => {
      const { entity } = verdict;
      const demand = demands.get(entity) ?? 'free';
      const sseS3Only = posture.encryption.sseClass === 'kms' && deliversUnderSseS3Only(entity);
      const judgedAs =
        demand === 'sse_s3' ? (find(underSseS3, entity) ?? verdict) : demanded(verdict, demand);
      const parts = find(inParts, entity);
      return {
        ...judgedAs,
        use: sseS3Only ? 'blocked_by_key_state' : judgedAs.use,
        by: 'put',
        demand,
        parts: canUse(judgedAs.use) && parts !== null && isBlocked(parts.use) ? parts.use : null,
        sseS3Only,
      };
    }),
    ...replicated.map((verdict): WriterVerdict => ({ ...verdict, ...asReplicator })),
  ];
  return {
    crossAccountWrite: overall(all, mayMissEntities, terms),
    verdicts: verdictsOf(all, mayMissEntities, terms),
    writers: all,
    key,
  };
}

const asReplicator = { by: 'replicate', demand: 'free', parts: null, sseS3Only: false } as const;

const find = (verdicts: readonly EntityVerdict[], entity: ExternalEntity): EntityVerdict | null =>
  verdicts.find((verdict) => entityText(verdict.entity) === entityText(entity)) ?? null;

const notKnown: EntityVerdict['readers'] = { arns: [], root: 'unknown', missing: '' };

/** Another encryption has to be named, and whether its key admits the entity is not known. */
const demanded = (verdict: EntityVerdict, demand: HeaderDemand): EntityVerdict =>
  demand === 'other' && verdict.use !== 'blocked_by_public_access_block'
    ? { ...verdict, use: 'unknown', readers: verdict.readers && notKnown }
    : verdict;

/**
 * S3 resolves a bare alias or key id in the account of whoever writes (S3 API reference, ServerSideEncryptionByDefault,
 * read 2026-11-28): which key that is, and whether it is there, the owner's account does not tell.
 */
function keyOfWriters({ encryption }: BucketPosture, resolved: ResolvedKey): ResolvedKey {
  if (encryption.keyDependsOnWriter !== true) return resolved;
  const problem = `S3 resolves ${encryption.reference.written} in the account of whoever writes`;
  return { ...resolved, key: { state: 'unknown', problem } };
}

function demandsOn(
  { access, facts }: BucketPosture,
  resolved: ResolvedKey,
  verdicts: readonly EntityVerdict[],
): ReadonlyMap<ExternalEntity, HeaderDemand> {
  const rule = valueOrNull(facts.encryption);
  const { policy } = access;
  if (policy === null || facts.encryption.state !== 'known') return new Map();
  const byDefault: DefaultEncryption = {
    algorithm: rule?.sseAlgorithm ?? 'AES256',
    keyArn: resolved.arn,
    keyWritten: rule?.kmsMasterKeyId ?? null,
  };
  return new Map(
    verdicts.map(({ entity, admissions }) => {
      const principals = new Set(admissions.map(({ principal }) => principal.text));
      return [entity, headerDemand(policy, principals, byDefault, facts.arn)];
    }),
  );
}
