/**
 * All cases of a worker share the core (worker/worker.ts). Whatever its modules keep is frozen in every test, so that one
 * that writes to it, through the state of a case say, fails there and not in the case that comes next.
 */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const swc = require('@swc/jest');

const SELF = createHash('sha256').update(readFileSync(__filename)).digest('hex');
const FREEZE = `(function freeze(value) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const key of Object.getOwnPropertyNames(value)) if (typeof value !== 'function' || key === 'prototype') freeze(value[key]);
})`;

const frozen = ({ code, ...rest }) => {
  const kept = [...code.matchAll(/^(?:.*\*\/ )?const (\w+) = (?!.*\brequire\()/gm)].map(([, name]) => name);
  return { ...rest, code: `${code}\n;[${kept.join(', ')}].forEach(${FREEZE});` };
};

module.exports = {
  createTransformer: (options) => {
    const transformer = swc.createTransformer(options);
    return {
      ...transformer,
      process: (...args) => frozen(transformer.process(...args)),
      getCacheKey: (...args) => `${transformer.getCacheKey(...args)}${SELF}`,
    };
  },
};
