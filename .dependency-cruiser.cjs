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
      name: 'workflows-say-what-they-show-in-english',
      comment: 'another language is for pages, which activities write: in the bundle every cached case would hold it',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '^workflows/core/words/zh' },
      to: { path: '^workflows/core/words/zh' },
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
        path: '^(workflows|worker|client|cli|gateway|rehearsal|test|bench)/',
        pathNot: '^workflows/(core/|activities\\.ts$|word/messages\\.ts$)',
      },
    },
    {
      name: 'the-rehearsal-has-no-server',
      severity: 'error',
      from: { path: '^rehearsal/' },
      to: { path: '^(worker|client|cli|gateway|test|bench)/|node_modules/@temporalio/' },
    },
    {
      name: 'worker-knows-no-caller',
      comment:
        'the door of a worker is opened by whoever starts it (cli/doors.ts): load on the gateway is none of its business',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^(client|cli|gateway|test|bench)/' },
    },
    {
      name: 'the-gateway-is-a-caller',
      comment:
        'it reaches cases through the client, and people through the directory that it is given: it may run without a worker; what vendors send and hear is read and said as the channels do',
      severity: 'error',
      from: { path: '^gateway/' },
      to: {
        path: '^(worker|cli|rehearsal|test|bench|activities|workflows)/',
        pathNot:
          '^(activities/(answer-links/|directory/(types|names|telephone|ical/write)\\.ts$|templates/reading\\.ts$|channels/(twilio/(late-news|status)|voice/twiml|slack/interaction)\\.ts$)|workflows/(core/|messages\\.ts$))',
      },
    },
    {
      name: 'client-is-a-library',
      comment:
        'a backend service that imports the client must not pull in a worker; tocsin.js is the door of the shell',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/tocsin.js$' },
      to: { path: '^(worker|activities|rehearsal|cli|gateway|test|bench)/' },
    },
    {
      name: 'a-connection-is-only-that',
      comment: 'why there is none is told by client and worker alike: neither may know the other',
      severity: 'error',
      from: { path: '^connection/' },
      to: { path: '^(workflows|worker|activities|rehearsal|client|cli|test|bench)/' },
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
        'what a service gets with the client is in package.json; all else in worker/package.json (decision 0015)',
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
