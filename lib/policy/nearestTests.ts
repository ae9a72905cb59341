/** Words of a path that say what it is about: without its ending and what marks it as a test. */
const stemOf = (path: string): string =>
  (path.split('/').at(-1) ?? '')
    .replace(/\.[^.]+$/, '')
    .replace(/^tests?[-_]/i, '')
    .replace(/[._-]?(?:tests?|specs?)$/i, '')
    .toLowerCase()

/**
 * Test files by how near they are to a file, the nearest first: those called like it, then those that name it, then those
 * whose folders are the same for longest.
 */
export function nearestTests(tests: string[], path: string, texts: Record<string, string>): string[] {
  const stem = stemOf(path)
  const name = path
    .split('/')
    .at(-1)!
    .replace(/\.[^.]+$/, '')
  const score = (test: string): number =>
    (stemOf(test) === stem ? 100 : 0) +
    ((texts[test] ?? '').includes(name) ? 50 : 0) +
    shared(path.split('/'), test.split('/'))
  return tests
    .map((test) => ({ test, at: score(test) }))
    .sort((a, b) => b.at - a.at || a.test.length - b.test.length || (a.test < b.test ? -1 : 1))
    .map(({ test }) => test)
}

function shared(a: string[], b: string[]): number {
  let same = 0
  while (same < a.length - 1 && a[same] === b[same]) same++
  return same
}
