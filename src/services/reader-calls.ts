import type { ReaderCalls } from '../posture/cross-account/judged.ts';
import { actionTable, noOwnKeys, own } from '../posture/policy/grammar.ts';

/** What an account calls to use what is shared with it by a list. @param names of which each is enough */
export const readerCalls = (service: string, names: string): ReaderCalls => ({
  grammar: { service, actions: actionTable([own('read'), names]), ...noOwnKeys, anonymous: false },
  actions: names.split(' ').map((name) => `${service}:${name}`),
});
