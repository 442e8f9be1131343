import { printable } from '../report';

/** Where a resource's messages go: its row in Pulumi's display. */
export interface Row {
  /** What happens right now; the next replaces it. */
  progress(text: string): void;
  /** What stays. */
  info(text: string): void;
  warn(text: string): void;
  /** Resolves when all has arrived. */
  flush(): Promise<void>;
}

type Severity = 'INFO' | 'WARNING';

/** Tells the engine a message about a resource. */
export type Tell = (severity: Severity, message: string, ephemeral: boolean) => Promise<void>;

/** A row whose messages arrive in the order in which they were said. That one does not arrive is no reason for a hook to fail. */
export function rowOf(tell: Tell): Row {
  let sent: Promise<void> = Promise.resolve();
  const send = (severity: Severity, ephemeral: boolean) => (text: string) => {
    const message = printable(text); // what a hook has printed may be anything
    sent = sent.then(() => tell(severity, message, ephemeral)).catch((error: unknown) => console.error(`${message}\n(not told to the engine: ${String(error)})`));
  };
  return { progress: send('INFO', true), info: send('INFO', false), warn: send('WARNING', false), flush: () => sent };
}
