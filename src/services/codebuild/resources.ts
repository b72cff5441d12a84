import { type Fact, known, notAsked, readFact } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { ReadResource, ResourceService } from '../service.ts';
import { byPolicy } from '../sharing.ts';
import { codeBuildReads } from './calls.ts';
import { codeBuildRules, projectEncryption } from './rules.ts';

export const codeBuild: ResourceService = {
  rules: codeBuildRules,

  async *list(access, scope, wanted) {
    const reads = codeBuildReads(access);
    const prefix = `arn:${scope.partition}:codebuild:${scope.region}:${scope.accountId}:project/`;
    const reading =
      (arn: string, encryption: Fact<ResourceEncryption>): ReadResource =>
      async () => {
        const policy = await readFact(reads.policy(arn));
        const sharing = policy.state === 'known' ? known(byPolicy(policy.value)) : policy;
        return { scope, resourceType: 'project', arn, encryption, sharing };
      };
    for await (const names of reads.projectNames()) {
      const projects = wanted === 'policy' ? notAsked : await readFact(reads.projects(names));
      yield projects.state === 'known'
        ? [...projects.value.values()].map((project) =>
            reading(project.arn, known(projectEncryption(project))),
          )
        : names.map((name) => reading(prefix + name, projects));
    }
  },
};
