const inName = (path: string, insert: string): string => path.replace(/.(?=[^/]*$)/u, (first) => first + insert)

const FULL_WIDTH = (path: string) =>
  path.replace(/[!-.0-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))

/** Other names that some file system, shell or reader takes for the same file; `deeper`: or for one of its kind. */
export function spellings(path: string, deeper: boolean): string[] {
  const folder = path.includes('/') ? [path.replace('/', './'), path.replace('/', ' /')] : []
  const deep = !deeper || path.startsWith('.') ? [] : [`caf\u0065\u0301/${path}`]
  const all = [
    path.toUpperCase(),
    FULL_WIDTH(path),
    inName(path, '\u200B'),
    inName(path, '\u0335'),
    `${path}.`,
    `${path} `,
    inName(path, '\u00AD'),
    `${path}\u{E0041}`,
    ...folder,
    // A composed letter written in two code points, above what is protected at any depth.
    ...deep,
  ]
  return [...new Set(all)].filter((other) => other !== path)
}
