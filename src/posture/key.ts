import { valueOrNull } from '../aws/fact.ts';
import { letsOthersIn } from './access/beyond.ts';
import { accessToKey, type KeyAccess } from './access/key-access.ts';
import type { OrganizationKnowledge } from './access/knowledge.ts';
import type { AccessFinding } from './access/row.ts';
import type { Fix } from './fix/fix.ts';
import { fixOfKey } from './fix/of-key.ts';
import type { WaysIn } from './iam/assuming.ts';
import type { PrincipalsAlike } from './iam/rights.ts';
import type { KeyFacts } from './key-facts.ts';
import { type Classification, classify, type KeyType, keyTypesByName } from './key-types.ts';
import { type MaterialState, materialState } from './material.ts';
import { type EffectiveSharing, KeyUnderPolicies } from './organization-policies/of-key.ts';
import { isAnyRead } from './organization-policies/policies.ts';
import { monthlyFeeUsd, type RequestPriceClass, requestPriceClass } from './price.ts';
import { type RotationPosture, rotationPosture } from './rotation.ts';

/** One key with everything that the rules say of it. */
export interface KeyPosture {
  readonly facts: KeyFacts;
  readonly classification: Classification;
  /** The article's row for the key; null when its type cannot be told. */
  readonly type: KeyType | null;
  /** Null for keys whose material is not imported. */
  readonly material: MaterialState | null;
  readonly rotation: RotationPosture;
  /** Whole US dollars a month; null where no price is sourced or provable. */
  readonly monthlyFeeUsd: number | null;
  readonly requestPriceClass: RequestPriceClass | null;
  /** Who may use it: worked out when the first table asks for it. */
  access(): KeyAccess;
  /**
   * How widely it is shared after organization policies; null: they were not read. Of a key that lets nobody else in
   * they can take nothing.
   */
  effectiveSharing(): EffectiveSharing | null;
  /**
   * The ids of the organization policies that surely take something of a finding, ascending; null: they were not read,
   * or nobody beyond the own account is let in.
   */
  limitedBy(finding: AccessFinding): readonly string[] | null;
  /** What takes access away that nobody should have; null: there is none such. */
  fix(): readonly Fix[] | null;
  /** Who can really use it, of the accounts whose IAM was read; empty, too, where it was not asked for. */
  readonly principals: readonly PrincipalsAlike[];
  /** Users and roles that can become a role that can use it by sts:AssumeRole, with these roles. */
  readonly throughRoles: WaysIn;
}

/**
 * Applies every rule to what was read of a key.
 * @param worked who may use it, where that is known from before: organization policies have no part in it
 */
export function assessKey(
  facts: KeyFacts,
  organization: OrganizationKnowledge,
  now: Date,
  worked?: KeyAccess,
): KeyPosture {
  const metadata = valueOrNull(facts.metadata);
  const { partition } = facts.scope;
  const { rotationStatus, rotations } = facts;
  const classification = metadata
    ? classify(metadata)
    : { keyType: null, reason: 'DescribeKey was not answered' };
  const { keyType } = classification;
  let access = worked;
  let under: KeyUnderPolicies | undefined;
  const underPolicies = (ofKey: KeyAccess): KeyUnderPolicies | null => {
    const { policies } = organization;
    if (policies === undefined || !isAnyRead(policies)) return null;
    under ??= new KeyUnderPolicies(facts, ofKey, organization, policies);
    return under;
  };
  return {
    facts,
    classification,
    type: keyType && keyTypesByName[keyType],
    material: materialState({ metadata, rotations, now }),
    rotation: rotationPosture({ metadata, status: rotationStatus, rotations }),
    monthlyFeeUsd: monthlyFeeUsd({ keyType, metadata, partition, rotations }),
    requestPriceClass: requestPriceClass({ keyType, metadata, partition }),
    principals: [],
    throughRoles: new Map(),
    access() {
      access ??= accessToKey(facts, organization);
      return access;
    },
    effectiveSharing() {
      const { findings, sharing } = this.access();
      if (!letsOthersIn(findings)) return { ...sharing, policyIds: [] };
      return underPolicies(this.access())?.effectiveSharing() ?? null;
    },
    fix() {
      return fixOfKey(facts, this.access(), organization);
    },
    limitedBy(finding) {
      return letsOthersIn([finding]) ? (underPolicies(this.access())?.limitedBy(finding) ?? null) : null;
    },
  };
}
