/*
 * `pulumi-resource-command` for tests: `local.Command` of Pulumi's own plugin, which no package registry has. It runs what it is told to for real, and treats it
 * as that one does (pulumi-command v1: provider/pkg/provider/local): a shell by default, what a run has printed in the environment of the next, standard input on
 * every run, a new resource where `triggers` change, nothing of one whose creation fails. It knows no assets, and logs nothing while a command runs.
 */
import { serve } from './server';

serve().catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
