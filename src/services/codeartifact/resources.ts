import { askedOnce } from '../../aws/asked-once.ts';
import { isFailedRead } from '../../aws/error.ts';
import { type Fact, known, readFact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { ReadResource, ResourceService } from '../service.ts';
import { byPolicy } from '../sharing.ts';
import { type CodeArtifactReads, codeArtifactReads, type Domain } from './calls.ts';
import { domainRules, repositoryRules } from './rules.ts';

/** Domains, each with its repositories after it. */
export const codeArtifact: ResourceService = {
  rules: domainRules,

  async *list(access, scope) {
    const reads = codeArtifactReads(access);
    const failures: unknown[] = [];
    for await (const domains of reads.domains()) {
      const all = domains.map((domain) => new DomainVisit(reads, scope, domain));
      yield all.map((visit) => visit.itself);
      for (const visit of all) {
        try {
          yield* visit.repositories();
        } catch (error) {
          if (!isFailedRead(error)) throw error;
          // The other domains are read before that is told; one that is gone has none.
          if (error.reason !== 'not_found') failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw failures[0];
  },
};

/** A domain, whose policy is asked for once: it decides about its repositories, too. */
class DomainVisit {
  readonly #reads: CodeArtifactReads;
  readonly #scope: Scope;
  readonly #domain: Domain;
  readonly #encryption: Fact<ResourceEncryption>;
  readonly #policy: () => Promise<Fact<string | null>>;

  constructor(reads: CodeArtifactReads, scope: Scope, domain: Domain) {
    this.#reads = reads;
    this.#scope = scope;
    this.#domain = domain;
    this.#encryption = known(domainEncryption(domain));
    this.#policy = askedOnce(() => readFact(reads.domainPolicy(domain.name)));
  }

  readonly itself: ReadResource = async () => {
    const policy = await this.#policy();
    const sharing = policy.state === 'known' ? known(byPolicy(policy.value)) : policy;
    return {
      scope: this.#scope,
      resourceType: 'domain',
      arn: this.#domain.arn,
      encryption: this.#encryption,
      sharing,
    };
  };

  async *repositories(): AsyncGenerator<readonly ReadResource[]> {
    const { name: domain } = this.#domain;
    for await (const page of this.#reads.repositories(domain)) {
      yield page.map(({ arn, name }) => async () => {
        const policy = await readFact(this.#reads.repositoryPolicy(domain, name));
        const facts = {
          scope: this.#scope,
          resourceType: 'repository',
          arn,
          encryption: this.#encryption,
          sharing: policy.state === 'known' ? known(byPolicy(policy.value)) : policy,
          within: await this.#policy(),
        };
        return [{ rules: repositoryRules, facts }];
      });
    }
  }
}

/** A domain names its key, `aws/codeartifact` included ("DomainSummary", botocore 1.43.11, read 2026-11-29). */
const domainEncryption = ({ key }: Domain): ResourceEncryption =>
  key === null ? { state: 'unknown', key } : { state: 'kms', key };
