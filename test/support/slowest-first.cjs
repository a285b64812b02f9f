/**
 * On a machine that has never run them Jest begins with the largest files, and the one that takes four minutes may come last, with
 * nothing beside it. The slow ones are those that start processes, so they begin.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const SLOWEST = [
  'worker/run',
  'deploy/',
  'server/',
  'core/new-need',
  'worker/watch/',
  'workflow/',
  'core/properties',
  'package/',
  'cli/cli-readiness',
  'worker/',
];

const place = ({ path }) => {
  const at = SLOWEST.findIndex((part) => path.includes(`/test/${part}`));
  return at < 0 ? SLOWEST.length : at;
};

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
