import { failure } from '../failures.ts';
import { requiredText } from '../protocol/input.ts';
import { s3ControlWire } from '../protocol/s3-xml.ts';
import type { HttpRequest } from '../protocol/wire.ts';
import type { Service } from '../service.ts';
import { noPublicAccessBlock, publicAccessBlockReply } from './s3/settings.ts';

/** Amazon S3 Control: the account's own Block Public Access. Signs as `s3`. */
export const s3Control: Service = {
  name: 's3control',
  signingName: 's3',
  iamPrefix: 's3',
  takes: isS3Control,
  wire: s3ControlWire,
  operations: {
    GetPublicAccessBlock: {
      action: 'GetAccountPublicAccessBlock',
      run({ account, input }) {
        const AccountId = requiredText(input, 'AccountId');
        if (AccountId !== account.id) throw failure(s3Control, 'access_denied');
        if (account.publicAccessBlock === null) throw noPublicAccessBlock({ AccountId });
        return publicAccessBlockReply(account.publicAccessBlock);
      },
    },
  },
};

export function isS3Control(request: HttpRequest): boolean {
  return request.path.startsWith('/v20180820/');
}
