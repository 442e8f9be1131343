import { MismatchError } from '../../src/testing';

/** What an expectation that does not hold says. */
export async function mismatch(expectation: () => unknown): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    if (error instanceof MismatchError) return error.message;
    throw error;
  }
  throw new Error('it holds');
}
