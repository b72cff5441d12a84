import type { Admission } from '../access/admission.ts';
import { arnPattern, covers } from '../policy/pattern.ts';

const serviceLinkedRoles = arnPattern('arn:*:iam::*:role/aws-service-role/*') ?? '';

/**
 * Whether only service-linked roles are let in, which no organization policy binds. Of an account that is let in as a
 * whole they are not looked at: nobody but their AWS service can use them.
 */
export const isServiceLinked = ({ arns }: Admission): boolean =>
  arns.only !== null && arns.only.length > 0 && arns.only.every((arn) => covers(serviceLinkedRoles, arn));
