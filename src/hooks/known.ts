import { sampleOf, sampleText } from '../tokens';

/** Whether a number is a whole one from 1 on; one of which nothing is known yet may be. */
export function mayCount(value: number): boolean {
  const known = sampleOf(value) ?? 1;
  return Number.isInteger(known) && known >= 1;
}

/** What nothing is known of stands in such braces, as an expression that somebody wrote by hand does. */
function isOpen(text: string): boolean {
  return text.includes('{{');
}

/** Whether two texts or numbers may be the same, by what they stand as. */
export function mayBeEqual(one: string | number, other: string | number): boolean {
  const [known, expected] = [one, other].map((each) => sampleText(String(each)));
  return one === other || known === expected || isOpen(known) || isOpen(expected);
}
