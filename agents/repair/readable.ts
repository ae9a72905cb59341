/** What our programs in the sandbox read of a repository, by language. */
export const READS = {
  javascript: /\.(?:[cm]?[jt]s|[jt]sx)$|(?:^|\/)(?:package|tsconfig|jsconfig)\.json$/,
  python: /\.pyi?$/,
}

/** Recipes read the suspicious files and their neighbours; larger trees are cut, the suspicious files last. */
const MOST_FILES = 400
/** What our programs in the sandbox read at once is 4 MB; half of it leaves room for escapes and suspects. */
const MOST_CHARS = 2 * 1024 ** 2

/** Texts that `reads` takes: those of `near` first, then the others, the ones high up in the tree before those deep down. */
export function filesFor(texts: Record<string, string>, reads: RegExp, near: string[]): Record<string, string> {
  const paths = Object.keys(texts).filter((path) => reads.test(path))
  const first = near.filter((path) => paths.includes(path))
  const others = paths.filter((path) => !first.includes(path)).sort((a, b) => a.length - b.length)
  let room = MOST_CHARS
  const fitting = [...first, ...others].slice(0, MOST_FILES).filter((path) => {
    room -= texts[path]!.length
    return room >= 0
  })
  return Object.fromEntries(fitting.map((path) => [path, texts[path]!]))
}
