import { printable } from './printable';

/** Halves of a surrogate pair and what is no character at all: XML holds neither, and HTML should not. */
const NO_CHARACTERS = /[\ud800-\udfff\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text for XML or HTML, between tags or as the value of an attribute. Control characters, which XML cannot hold at all, are shown as `\x1b`. */
export function escaped(text: string): string {
  return printable(text).replace(NO_CHARACTERS, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
