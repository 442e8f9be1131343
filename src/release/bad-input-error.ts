import { LifecycleError } from '../vocabulary';

/** Where in the input something stands. */
export interface Source {
  /** The file as the user named it; `-` for standard input. */
  readonly file: string;
  /** Number of the document in the file, from 1. */
  readonly document: number;
  /** Line of the file at which the document starts, from 1. */
  readonly line: number;
}

/** One thing that is wrong with the input. */
export interface Problem {
  readonly source?: Source;
  /** `Kind/name` of the object, where it has one. */
  readonly object?: string;
  readonly message: string;
  readonly remedy: string;
}

function describe({ source, object, message, remedy }: Problem): string {
  const place = source && `${source.file === '-' ? 'standard input' : source.file}, document ${source.document} (line ${source.line})`;
  return `${[place, object, message].filter(Boolean).join(': ')}\n  ${remedy}`;
}

/** Input that cannot be used; found before any server is asked. */
export class BadInputError extends LifecycleError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], cause?: unknown) {
    super('bad-input', problems.map(describe).join('\n'), { cause });
    this.problems = problems;
  }
}
