import fc from 'fast-check';

/**
 * fast-check with a seed, so that every run is the same; a property that fails prints it. To hunt with other values:
 * `TEST_SEED=7 npx vitest run --project unit test/…`.
 */
export { default } from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.TEST_SEED ?? 20261129) });
