/** Imports go one way (docs/architecture.md). Types may cross where values may not: they leave nothing behind at run time. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-core-knows-nothing',
      comment: 'workflows/case is pure: no SDK, no library, no other folder',
      severity: 'error',
      from: { path: '^workflows/case/' },
      to: { pathNot: '^workflows/case/' },
    },
    {
      name: 'workflows-know-only-the-sdk',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: ['^workflows/', 'node_modules/@temporalio/(workflow|common)/'] },
    },
    {
      name: 'activities-know-workflows-by-type-only',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(workflows|worker|client|test|bench)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'worker-does-not-know-the-client', severity: 'error', from: { path: '^worker/' }, to: { path: '^(client|test|bench)/' } },
    {
      name: 'client-knows-only-workflows',
      comment: 'a backend service that imports the client must not pull in a worker; the shell commands may start one',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/cli/' },
      to: { path: '^(worker|activities|test|bench)/' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^(test|bench)/' }, to: { path: '^(test|bench)/' } },
    { name: 'no-unlisted-packages', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
