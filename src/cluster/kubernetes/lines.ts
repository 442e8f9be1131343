import { StringDecoder } from 'node:string_decoder';

/** A line longer than this is cut into pieces, so that a container that prints no newline cannot fill the memory. */
const MAX_LINE = 64 * 1024;

function pieces(line: string, length: number): string[] {
  if (line.length <= length) return [line];
  return Array.from({ length: Math.ceil(line.length / length) }, (_, index) => line.slice(index * length, (index + 1) * length));
}

/** The lines of a stream, without their ends; the last one counts even if nothing ends it. */
export async function* lines(chunks: AsyncIterable<Uint8Array>, maxLine = MAX_LINE): AsyncGenerator<string, void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = parts.pop()!;
    for (const part of parts) yield* pieces(part.replace(/\r$/, ''), maxLine);
    while (rest.length > maxLine) {
      yield rest.slice(0, maxLine);
      rest = rest.slice(maxLine);
    }
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}
