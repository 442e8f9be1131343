import { Finding } from './finding';
import { Place } from './subject';

/** `shop.yaml:12` for editors and people; the construct where there is no file. */
export function describePlace({ file, line, construct }: Place): string | undefined {
  if (file === undefined) return construct;
  const name = file === '-' ? 'standard input' : file;
  return line === undefined ? name : `${name}:${line}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** How many findings there are, in words. */
export function summary(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`;
}

/** A finding in two lines: what is wrong and where, and what to do. */
export function findingText({ place, severity, object, rule, message, remedy }: Finding): string {
  const where = describePlace(place);
  return `${where === undefined ? '' : `${where}: `}${severity} ${rule}: ${object}: ${message}\n  ${remedy}`;
}

/** Findings for people, with their number at the end. */
export function textReport(findings: readonly Finding[]): string {
  return [...findings.map(findingText), findings.length === 0 ? 'no findings' : summary(findings)].join('\n');
}
