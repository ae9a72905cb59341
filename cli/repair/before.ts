/**
 * What has to run before the tests, but for what their command does itself: `make` is not a part of `make test`, it is one
 * of `make && make test`.
 */
export function withBefore(run: string, before: (string | null | undefined)[]): string {
  const done = new Set(stepsOf(run))
  const missing = before.filter((part) => part && !stepsOf(part).every((step) => done.has(step)))
  return [...missing, run].join(' && ')
}

const stepsOf = (line: string): string[] => line.split('&&').map((step) => step.trim())
