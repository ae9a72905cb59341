/** Says on stderr what failed beside the request that is being answered; the platform goes on serving. */
export function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}
