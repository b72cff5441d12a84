import { verbOf } from '../../src/verbs.ts';

/** Runs one verb as the executable does. */
const [, , name = '', ...rest] = process.argv;
process.exit(await verbOf(name)?.(rest));
