import { join } from 'node:path';
import { checkout } from '../checkout.ts';

/** What tests find in their environment beside the caller's own. */
export const environment = {
  // Below Node 24 the AWS SDK announces the end of its support on stderr.
  ...(Number.parseInt(process.versions.node, 10) < 24 && {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }),
  // The SDK would ask the machine that the tests run on who and where it is.
  AWS_EC2_METADATA_DISABLED: 'true',
  // The programs are started hundreds of times: Node (from 22 on) keeps what it has compiled of them.
  NODE_COMPILE_CACHE: join(checkout, 'build/compiled'),
};
