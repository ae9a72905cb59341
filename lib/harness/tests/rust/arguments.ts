import type { Asked } from '../asked.ts'

/** libtest's options that take their value from the next word. */
const VALUED = /^--(?:test-threads|skip|format|color|logfile|shuffle-seed|report-time)$/

/**
 * `test -p shop -- --nocapture` as we want it: offline, every target though one fails, and only the tests asked for, by
 * their whole names. Whatever the tests print is kept back, since it would stand in the midst of result lines.
 */
export function cargoArguments(args: string[], { only }: Pick<Asked, 'only'>): string[] {
  const at = args.indexOf('--')
  const before = at < 0 ? args : args.slice(0, at)
  const after = (at < 0 ? [] : args.slice(at + 1)).filter((word) => word !== '--nocapture' && word !== '--no-capture')
  const added = ['--offline', '--no-fail-fast'].filter((word) => !before.includes(word))
  // Behind the verb, where cargo takes them whatever stands in front of it.
  const verb = before.findIndex((word) => word === 'test' || word === 't') + 1
  const words = [...before.slice(0, verb), ...added, ...before.slice(verb)]
  if (only === null) return after.length === 0 ? words : [...words, '--', ...after]
  const options = after.filter((word, index) => word.startsWith('-') || VALUED.test(after[index - 1] ?? ''))
  // The last title is the name libtest knows; the ones above it are the target's.
  const names = [...new Set(only.map(({ titles }) => titles.at(-1) ?? ''))]
  return [...words, '--', ...options.filter((word) => word !== '--exact'), '--exact', ...names]
}
