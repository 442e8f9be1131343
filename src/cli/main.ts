import { processStreams } from './output';
import { main } from './program';

void main(process.argv.slice(2), processStreams(), process.env.CDK8S_LIFECYCLE_VERSION ?? 'development').then((code) => {
  process.exitCode = code;
});
