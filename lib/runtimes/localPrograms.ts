/** A shell line run at the root of a repository, with the programs it installed for itself: Node's, then Python's. */
export const withLocalPrograms = (line: string): string =>
  `PATH="$PWD/node_modules/.bin:$PWD/.venv/bin:$PWD/venv/bin:$PATH"; ${line}`
