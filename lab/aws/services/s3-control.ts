import { failure } from '../failures.ts';
import { requiredText } from '../protocol/input.ts';
import { s3ControlWire } from '../protocol/s3-xml.ts';
import type { HttpRequest } from '../protocol/wire.ts';
import type { Operation, Service } from '../service.ts';
import { accessGrantsOperations } from './s3/access-grants.ts';
import { accessPointOperations, multiRegionOperations } from './s3/access-points.ts';
import { noPublicAccessBlock, publicAccessBlockReply } from './s3/settings.ts';

const blockOperations: Readonly<Record<string, Operation>> = {
  GetPublicAccessBlock: {
    action: 'GetAccountPublicAccessBlock',
    run({ account }) {
      if (account.publicAccessBlock === null) throw noPublicAccessBlock({ AccountId: account.id });
      return publicAccessBlockReply(account.publicAccessBlock);
    },
  },
};

const common = { name: 's3control', signingName: 's3', iamPrefix: 's3', wire: s3ControlWire } as const;

/** Amazon S3 Control: the account's own Block Public Access, its access points and its access grants. Signs as `s3`. */
export const s3Control: Service = {
  ...common,
  takes: (request) => isS3Control(request) && !isOfMultiRegion(request),
  operations: ofOwnAccount({ ...blockOperations, ...accessPointOperations, ...accessGrantsOperations }),
};

/** The part of it that answers for all regions, in one of them (which no account can disable). */
export const s3MultiRegion: Service = {
  ...common,
  isGlobal: true,
  takes: isOfMultiRegion,
  operations: ofOwnAccount(multiRegionOperations),
};

export function isS3Control(request: HttpRequest): boolean {
  return request.path.startsWith('/v20180820/');
}

function isOfMultiRegion(request: HttpRequest): boolean {
  return request.path.startsWith('/v20180820/mrap/');
}

/** S3 Control takes no calls about other accounts. */
function ofOwnAccount(operations: Readonly<Record<string, Operation>>): Readonly<Record<string, Operation>> {
  const guarded = ([name, operation]: [string, Operation]): [string, Operation] => [
    name,
    {
      ...operation,
      run(call) {
        if (requiredText(call.input, 'AccountId') !== call.account.id)
          throw failure({ wire: s3ControlWire }, 'access_denied');
        return operation.run(call);
      },
    },
  ];
  return Object.fromEntries(Object.entries(operations).map(guarded));
}
