import { sampleText } from '../tokens';

/** `host:port`, with IPv6 addresses in brackets. */
export function address(host: string, port: number): string {
  return `${sampleText(host).includes(':') ? `[${host}]` : host}:${port}`;
}
