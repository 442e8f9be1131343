import { Arrangement, Flags, Manifest, ToolStep } from './behaviour';

/** `install web CHART` */
export function install(chart: readonly Manifest[], flags: Flags = {}): ToolStep {
  return { does: 'install', chart, flags };
}

/** `upgrade web CHART` */
export function upgrade(chart: readonly Manifest[], flags: Flags = {}): ToolStep {
  return { does: 'upgrade', chart, flags };
}

/** `rollback web [REVISION]` */
export function rollback(revision?: number, flags: Flags = {}): ToolStep {
  return { does: 'rollback', revision, flags };
}

/** `uninstall web` */
export function uninstall(flags: Flags = {}): ToolStep {
  return { does: 'uninstall', flags };
}

/** `test web` */
export function runTests(flags: Flags = {}): ToolStep {
  return { does: 'test', flags };
}

/** Somebody else creates or changes an object. */
export function somebodyApplies(object: Manifest): Arrangement {
  return { does: 'apply', object };
}

/** Somebody else deletes an object. */
export function somebodyRemoves(object: Manifest): Arrangement {
  return { does: 'remove', object };
}
