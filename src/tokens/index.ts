export * from './condition';
export { encodedPlain, encodedText } from './encoded';
export { mintNumber, sampleOf, tokenOf } from './number-token';
export * from './in-place';
export * from './replace';
export * from './samples';
export * from './text-token';
export { TokenError } from './token';
export type { Encoding, Token, TokenMeaning, TokenShape } from './token';
