import type { Asked } from '../asked.ts'

/** `shop.CartTest` and `totals{int}[1]` as both tools name a test. */
function named(only: NonNullable<Asked['only']>): Map<string, string[]> {
  const classes = new Map<string, string[]>()
  for (const { titles } of only) {
    const [type = '', method = ''] = titles
    classes.set(type, [...(classes.get(type) ?? []), method.replace(/[({[].*$/, '').trim()])
  }
  return classes
}

/**
 * Maven's words: offline, all modules though one fails, whole stacks, and only the tests asked for.
 *
 * @param repository a local repository to read where the user has none; null for Maven's own.
 */
export function mavenArguments(args: string[], { only }: Pick<Asked, 'only'>, repository: string | null): string[] {
  const given = (name: string) => args.some((word) => word.startsWith(`-D${name}`))
  const added = ['-o', '-B', '-fae', '-DtrimStackTrace=false']
  if (repository !== null && !given('maven.repo.local')) added.push(`-Dmaven.repo.local=${repository}`)
  if (only === null) return [...added, ...args]
  const tests = [...named(only)].map(([type, methods]) => `${type}#${[...new Set(methods)].join('+')}`)
  // Modules without any of them are no failure.
  const lenient = ['-DfailIfNoTests=false', '-Dsurefire.failIfNoSpecifiedTests=false']
  return [...added, `-Dtest=${tests.join(',')}`, ...lenient, ...args.filter((word) => !word.startsWith('-Dtest='))]
}

/** Gradle's words. It takes `--tests` for tasks of type Test alone, so a run of `check` stays whole. */
export function gradleArguments(args: string[], { only }: Pick<Asked, 'only'>): string[] {
  const added = ['--offline', '--continue', '--console=plain'].filter((word) => !args.includes(word))
  const tasks = args.filter((word) => !word.startsWith('-'))
  const tests = tasks.length > 0 && tasks.every((task) => /(?:^|:)(?:test|\w+Test)$/.test(task))
  if (only === null || !tests) return [...args, ...added]
  const wanted = [...named(only)].flatMap(([type, methods]) =>
    [...new Set(methods)].flatMap((method) => ['--tests', `${type.replaceAll('$', '.')}.${method}`]),
  )
  const at = args.findLastIndex((word) => tasks.includes(word)) + 1
  return [...args.slice(0, at), ...wanted, ...args.slice(at), ...added]
}
