export { mintNumber, sampleOf, tokenOf } from './number-token';
export * from './replace';
export * from './samples';
export * from './text-token';
export { TokenError } from './token';
export type { Token, TokenMeaning, TokenShape } from './token';
