import { setFlagsFromString } from 'node:v8';
import { processStreams } from './output';
import { main } from './program';

// Objects of a release live long: room for short-lived ones that grows with their number only makes the process larger. docs/benchmarks.md has the figures.
setFlagsFromString('--semi-space-growth-factor=1');

void main(process.argv.slice(2), processStreams(), process.env.CDK8S_LIFECYCLE_VERSION ?? 'development').then((code) => {
  process.exitCode = code;
});
