// Made from run-main.sh by projenrc/embed-scripts.ts.

/** Runs main beside the shell, which is the first process of its container: such a one hears no signal without a trap, and none before a command has ended. */
export const RUN_MAIN = `# Runs main beside the shell, which is the first process of its container: such a one hears no signal without a trap, and none before a command has ended.
# shellcheck shell=sh
trap 'kill "$main" && wait "$main" || true; exit 143' TERM INT HUP
main "$@" &
main=$!
wait "$main"
`;
