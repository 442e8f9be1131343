import { Chart } from 'cdk8s';
import { CleanupHook } from 'cdk8s-lifecycle';

/** "Cleanup Hook (Post-Delete)": also deleted before it runs again, or what a failed one left would stand in the way. */
export function addCleanup(chart: Chart): CleanupHook {
  return new CleanupHook(chart, 'cleanup', {
    name: 'webapp-cleanup',
    weight: 1,
    image: 'docker.io/library/alpine:3.16',
    user: 65534,
    command: ['/bin/sh', '-c', 'echo "Cleaning up external resources..."'],
  });
}
