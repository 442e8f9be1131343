/** What YAML and Go do not print as it is: control characters, and those that nobody can see. */
const INVISIBLE = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]/g;

/** A text as it stands between double quotes in YAML. */
export function quotedYaml(text: string): string {
  const pairs = /[\ud800-\udbff][\udc00-\udfff]/;
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped.split(new RegExp(`(${pairs.source})`)).map((piece) => (pairs.test(piece) ? piece : piece.replace(INVISIBLE, escape))).join('');
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Whether a text of several lines can stand in YAML as it is, below a key. */
export function isBlock(text: string): boolean {
  return text.includes('\n') && !/^[\s]/.test(text) && !/\n\n$|\n[ \t]+\n?$/.test(text) && !/[\u0000-\u0008\u000b-\u001f]/.test(text) && text.search(INVISIBLE) < 0;
}

/** The text below a key, every line of it indented. */
export function block(text: string, indent: number): string {
  const isClosed = text.endsWith('\n');
  const lines = (isClosed ? text.slice(0, -1) : text).split('\n');
  return [isClosed ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line))].join('\n');
}
