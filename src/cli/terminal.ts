import { WriteStream } from 'node:tty';
import stringWidth from 'string-width';
import { Terminal } from '../report';

/** Whether the terminal says that it can neither colour nor move its cursor. */
export function isDumb(): boolean {
  return process.env.TERM === 'dumb';
}

/** The terminal that a stream of this process writes to; nothing where it is none, or one that cannot be drawn on. */
export function processTerminal(stream: WriteStream): Terminal | undefined {
  if (!stream.isTTY || isDumb()) return undefined;
  const listen = (emitter: NodeJS.EventEmitter, event: string) => (listener: () => void) => {
    emitter.on(event, listener);
    return () => void emitter.off(event, listener);
  };
  return {
    // A pseudo terminal of which nobody has set the size says 0.
    space: () => ({ columns: stream.columns || 80, rows: stream.rows || 24, widthOf: (text) => stringWidth(text) }),
    write: (text) => void stream.write(text), // synchronous for terminals: https://nodejs.org/api/process.html#a-note-on-process-io
    onResize: listen(stream, 'resize'),
    onExit: listen(process, 'exit'),
  };
}
