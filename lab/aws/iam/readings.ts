import { isOperator } from './condition.ts';

/**
 * Where AWS's documentation leaves more than one reading, the evaluator takes each in turn. An answer is wrong when it
 * is wrong under all of them; an answer that is right under some only leans on what is not documented: it is counted
 * and printed, and "unknown" is right there.
 */
export interface Reading {
  /**
   * Whom a NotPrincipal spares. `complement`: all whom the same Principal would name. `every_level`: only those for
   * whom account, role or user, and session are all listed: "AWS might validate the account first, then the role, and
   * then the assumed-role user" (IAM user guide, "NotPrincipal", read 2026-11-28).
   */
  readonly notPrincipal: 'complement' | 'every_level';
  /** Whether an Allow with NotPrincipal does anything: it "is not supported" (same page). */
  readonly allowNotPrincipal: boolean;
  /** Whether `{"AWS": "*"}` names service principals, as `"*"` does. */
  readonly awsStarNamesServices: boolean;
  /**
   * Whether a call that a service makes with its caller's permission carries the network keys of the caller's own
   * call (`aws:SourceIp`, `aws:SourceVpc`, …) and `aws:SourceArn` of a grant's constraint.
   */
  readonly forwardedCallTellsOrigin: boolean;
  /**
   * Whether a condition with IfExists or ForAllValues on the caller's account or ARN can be met by a request that does
   * not carry it. AWS documents these keys for every signed request; the product builds nothing on that.
   */
  readonly identityKeysCanBeMissing: boolean;
  /**
   * Whether conditions on the source keys of services (`aws:SourceArn`, …) can be met by a principal that is named,
   * which AWS documents for calls of services only; the product builds nothing on that, either.
   */
  readonly namedCarrySourceKeys: boolean;
  /** Whether KMS sees a service that calls as itself as coming through itself (`kms:ViaService`). */
  readonly servicesComeThroughThemselves: boolean;
  /** What a condition comes to whose operator is newer than the documentation that was read. */
  readonly unknownOperatorsHold: boolean;
}

type Documented = Omit<Reading, 'identityKeysCanBeMissing' | 'namedCarrySourceKeys'>;

const both = [true, false] as const;
const identityKeys = /aws:Principal(Account|Arn)|kms:CallerAccount/i;
const sourceKeys = /aws:Source(Account|Arn|Org)|aws:PrincipalServiceName/i;

/**
 * What a line of a Condition block comes to by a reading that goes beyond the documentation; null: what it says.
 * @param isNamed whether the statement names the caller by more than a `*`
 */
export function beyondDocuments(
  { identityKeysCanBeMissing, namedCarrySourceKeys }: Reading,
  effect: string,
  isNamed: boolean,
  operator: string,
  key: string,
): boolean | null {
  const mayMiss = /^ForAllValues:|IfExists$/.test(operator) && !operator.includes('Not');
  if (identityKeysCanBeMissing && mayMiss && identityKeys.test(key)) return true;
  if (namedCarrySourceKeys && sourceKeys.test(key) && (isNamed || effect === 'Deny'))
    return effect === 'Allow';
  return null;
}

/**
 * The readings that can differ on documents; of the questions that they do not raise, one answer stands for all.
 * @param text all documents. @param services whether services are asked for, and not accounts
 */
export function readingsOf(text: string, services = false): readonly Reading[] {
  const has = (part: string | RegExp): boolean => text.search(part) >= 0;
  const answers = (raised: boolean): readonly boolean[] => (raised ? both : [true]);
  const doubted = (raised: boolean): readonly boolean[] => (raised ? both : [false]);
  const unknownOperator = [
    ...text.matchAll(/"(?!EncryptionContext)([A-Za-z]+(?::[A-Za-z]+)?)":\{"[a-z0-9]+:/gi),
  ].some(([, name = '']) => !isOperator(name));
  const missing = has(/IfExists"|"ForAllValues/) && has(identityKeys);
  const beyond = doubted(missing).flatMap((identityKeysCanBeMissing) =>
    doubted(has(sourceKeys)).map((namedCarrySourceKeys) => ({
      identityKeysCanBeMissing,
      namedCarrySourceKeys,
    })),
  );
  const documented: readonly Documented[] = answers(has('"NotPrincipal"')).flatMap((complement) =>
    answers(has('"Effect":"Allow","NotPrincipal"')).flatMap((allowNotPrincipal) =>
      answers(!services && has(/aws:Source(Ip|Vpc)|"SourceArn"/i)).flatMap((forwardedCallTellsOrigin) =>
        answers(services).flatMap((awsStarNamesServices) =>
          answers(services).flatMap((servicesComeThroughThemselves) =>
            doubted(unknownOperator).map((unknownOperatorsHold) => ({
              notPrincipal: complement ? 'complement' : 'every_level',
              allowNotPrincipal,
              forwardedCallTellsOrigin,
              awsStarNamesServices,
              servicesComeThroughThemselves,
              unknownOperatorsHold,
            })),
          ),
        ),
      ),
    ),
  );
  return documented.flatMap((reading) => beyond.map((more) => ({ ...reading, ...more })));
}

const [first] = readingsOf('');
/** The reading that stands where nothing in the documents is in doubt. */
export const asDocumented = first as Reading;
