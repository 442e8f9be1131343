import { isIPv4, isIPv6 } from 'node:net';

const HOSTNAME = /^(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i;
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

function isDate(text: string): boolean {
  return DATE.test(text) && new Date(text).toISOString().startsWith(text);
}

/** Formats of texts that schemas up to draft 7 demand, as far as values of charts have them; others are not checked. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date': isDate,
  'time': (text) => TIME.test(text),
  'date-time': (text) => isDate(text.slice(0, 10)) && /^[Tt ]$/.test(text.slice(10, 11)) && TIME.test(text.slice(11)),
  'email': (text) => /^[^\s@]+@[^\s@]+$/.test(text) && HOSTNAME.test(text.slice(text.lastIndexOf('@') + 1)),
  'hostname': (text) => HOSTNAME.test(text),
  'ipv4': isIPv4,
  'ipv6': (text) => isIPv6(text) && !text.includes('%'),
  'uri': (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && !/[\s<>"{}|\\^`]/.test(text),
  'uuid': (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
};
