/*
 * `pulumi-resource-kubernetes` for tests. It stands in for Pulumi's own plugin, which no package registry has, and does with real calls of a real API server what
 * that one does to single objects (pulumi-kubernetes v4: provider/pkg/provider/provider.go): server-side apply, replacement of what cannot be changed, waiting
 * until objects are ready, secrets that stay secret. It knows no charts, no ConfigGroups and no functions.
 */
import { serve } from './server';

serve().catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
