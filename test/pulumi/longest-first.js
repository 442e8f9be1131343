const { default: Sequencer } = require('@jest/test-sequencer');

/** The suites that take longest, by what they are called. On a machine that has never run them jest goes by the size of the files, and theirs is in the table. */
const LONGEST = ['dead-engine', 'sequences', 'failing-hooks'];

/** Starts the longest suites first, so that no core waits for one of them at the end. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (LONGEST.findIndex((name) => path.includes(`/${name}.`)) + LONGEST.length + 1) % (LONGEST.length + 1);
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
