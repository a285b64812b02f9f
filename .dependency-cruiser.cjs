/**
 * Imports go one way (docs/architecture.md), by type as well as by value: whoever reads a file reads the files of its types too.
 */
const ours = require('./package.json');
const workers = require('./worker/package.json');

const PACKAGES = '^node_modules/(?!@types/)';
const listed = (dependencies) => `^node_modules/(${Object.keys(dependencies).join('|')})/`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-core-knows-nothing',
      comment: 'workflows/core is pure: no SDK, no library, no other folder',
      severity: 'error',
      from: { path: '^workflows/core/' },
      to: { pathNot: '^workflows/core/' },
    },
    {
      name: 'rules-speak-no-language',
      comment:
        'what is said is a key and its facts; sentences are made where they are shown, and views are what queries show',
      severity: 'error',
      from: { path: '^workflows/core/', pathNot: '^workflows/core/(words|views)/' },
      to: { path: '^workflows/core/words/' },
    },
    {
      name: 'workflows-know-only-the-sdk',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: ['^workflows/', 'node_modules/@temporalio/(workflow|common)/'] },
    },
    {
      name: 'activities-know-the-pure-core-only',
      severity: 'error',
      from: { path: '^activities/' },
      to: {
        path: '^(workflows|worker|client|cli|rehearsal|test|bench)/',
        pathNot: '^workflows/(core/|activities\\.ts$)',
      },
    },
    {
      name: 'the-rehearsal-has-no-server',
      severity: 'error',
      from: { path: '^rehearsal/' },
      to: { path: '^(worker|client|cli|test|bench)/|node_modules/@temporalio/' },
    },
    {
      name: 'worker-knows-no-caller',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^(client|cli|test|bench)/' },
    },
    {
      name: 'client-is-a-library',
      comment:
        'a backend service that imports the client must not pull in a worker; tocsin.js is the door of the shell',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/tocsin.js$' },
      to: { path: '^(worker|activities|rehearsal|cli|test|bench)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      from: {},
      to: {
        pathNot: listed({ ...ours.dependencies, ...workers.dependencies, ...ours.devDependencies }),
        path: PACKAGES,
      },
    },
    {
      name: 'the-package-installs-what-its-client-needs',
      comment:
        'what a service gets with the client is in package.json; all else in worker/package.json (decision 0012)',
      severity: 'error',
      from: { path: '^(client|workflows)/', pathNot: '^client/tocsin.js$' },
      to: { pathNot: listed(ours.dependencies), path: PACKAGES },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
