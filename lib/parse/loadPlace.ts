/** Lines that are looked at: Node prints the place before anything else of the error. */
const LINES_MAX = 5000
const LINE_MAX = 2000
const PLACE = /^(?:file:\/\/)?(\/[^\s:][^:]{0,500}\.[cm]?[jt]sx?):(\d{1,7})$/
const CARETS = /^\s*\^+\s*$/

/**
 * The place V8 names above an error of a file that cannot be loaded: `file:///app/a.js:2`, the line, and carets below it.
 * Such an error's stack holds no place of the program at all. Null when there is none.
 */
export function loadPlace(text: string): { path: string; line: number } | null {
  const lines = text.split('\n', LINES_MAX)
  for (const [at, line] of lines.entries()) {
    const [, path, number] = PLACE.exec(line.slice(0, LINE_MAX)) ?? []
    if (path && number && CARETS.test(lines[at + 2]?.slice(0, LINE_MAX) ?? '')) return { path, line: Number(number) }
  }
  return null
}
