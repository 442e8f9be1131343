import { sampleText } from '../tokens';
import { MUTEX, readMutex } from '../vocabulary';

/** A mutex as the runner reads it. What it would refuse is refused here; values of a chart count as their defaults. */
export function mutexAnnotation(mutex: string): string {
  const read = readMutex({ [MUTEX]: sampleText(mutex) });
  if (read && 'unreadable' in read) throw new Error(`mutex: ${read.unreadable}`);
  return mutex;
}
