const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '/workflows/core/.+\\.ts$': ['<rootDir>/test/support/frozen-core.cjs', options],
    '^.+\\.ts$': ['@swc/jest', options],
  },
  testTimeout: 60_000,
  maxWorkers: 2,
};
