import { join } from 'node:path';
import { requireGo } from '../cluster/requirements';
import { ToolGroup, buildGroup, groupFolder } from '../cluster/tools';

/** Pulumi's command line with its engine. No other tests need it, so that bringing up a cluster does not build it. */
const PULUMI: ToolGroup = {
  name: 'pulumi',
  module: 'github.com/pulumi/pulumi/pkg/v3',
  programs: { pulumi: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi' },
  stamps: (tag) => ({ 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': tag }),
  minutes: 2,
};

/** Path of the program, whether or not it is built yet. */
export const PULUMI_CLI = join(groupFolder(PULUMI), 'pulumi');

/** Builds it, unless it is in the cache. */
export async function buildPulumi(say: (line: string) => void): Promise<void> {
  requireGo();
  await buildGroup(PULUMI, say);
}
