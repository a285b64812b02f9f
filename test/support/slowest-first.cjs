/**
 * On a machine that has never run them Jest begins with the largest files, and the one that takes four minutes comes last, with
 * nothing beside it: it begins. The others stay as they come, for those that start processes slow each other down.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const SLOWEST = '/test/worker/run.test.ts';
const isSlowest = ({ path }) => path.endsWith(SLOWEST);

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => Number(isSlowest(b)) - Number(isSlowest(a)));
  }
};
