/**
 * fast-check, with the same random lives in each run: a check that fails by chance is one that nobody believes. `npm run
 * lives` looks at ten times as many, other ones each time; what it finds becomes a test of its own.
 */
import fc from 'fast-check';

const { LIVES, SEED } = process.env;

/** How many times as many are looked at. */
export const MORE = Number(LIVES ?? 1);

fc.configureGlobal({ seed: SEED !== undefined ? Number(SEED) : LIVES === undefined ? 20_260_901 : Date.now() });

export default fc;
