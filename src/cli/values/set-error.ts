/** Why a text of `--set` cannot be read, as a clause. It quotes nothing of the text but names that are known to be names: the rest may be a password. */
export class SetError extends Error {}
