import { Construct } from 'constructs';
import { defined } from './defined';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';

/** Properties of `SeedHook`. */
export interface SeedHookProps extends HookProps {
  /** The image with the data, or with the tool that loads it. */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL]
   */
  readonly on?: HookEvent[];
}

/** Fills a new release with the data it starts with. Run it after the migration: `seed.after(migrate)`. */
export class SeedHook extends HookJob {
  constructor(scope: Construct, id: string, props: SeedHookProps) {
    super(scope, id, { on: [HookEvent.POST_INSTALL], ...defined(props) });
  }
}
