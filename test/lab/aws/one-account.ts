import { afterEach, beforeEach } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';

/** A member account in a simulated AWS, new for each test of a file. */
export interface OneAccount {
  readonly simulator: Simulator;
  readonly data: SimAccount;
  /** What AWS's own clients are made with, as that account. They do not retry. */
  readonly options: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: ReturnType<typeof baseCredentials>;
    readonly maxAttempts: number;
  };
}

/** @param region that clients ask */
export function oneAccount(region: string, options: Parameters<typeof startSimulator>[1] = {}): OneAccount {
  let simulator: Simulator;
  let data: SimAccount;
  beforeEach(async () => {
    const organization = newOrganization();
    data = addAccount(organization, { id: '222222222222' });
    simulator = await startSimulator(organization, options);
  });
  afterEach(() => simulator.close());
  return {
    get simulator() {
      return simulator;
    },
    get data() {
      return data;
    },
    get options() {
      return { endpoint: simulator.url, region, credentials: baseCredentials(data.id), maxAttempts: 1 };
    },
  };
}
