const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '/workflows/core/.+\\.ts$': ['<rootDir>/test/support/frozen-core.cjs', options],
    '^.+\\.ts$': ['@swc/jest', options],
    // ES modules that Node can require and Jest cannot.
    '/node_modules/(?:jose|canonicalize|cookie|content-disposition|@marcbachmann/cel-js)/.+\\.js$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:jose|canonicalize|cookie|content-disposition|@marcbachmann/cel-js)/)'],
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
  // Only a test that hangs needs it: beside others on two cores one that starts processes takes a minute.
  testTimeout: 120_000,
  // Much of the time is waited for servers, not worked.
  maxWorkers: 3,
};
