/** Languages in which the indentation is part of what a line says. */
const INDENTED = /\.(?:py|ya?ml|pug|haml|sass|coffee|mk)$|(?:^|\/)makefile$/i

/** Strings are kept as they are; JavaScript also reads the line break after these words. */
const KEPT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\b(?:return|throw|yield|break|continue)[ \t]*\n|\s+/g

/** A text without what no parser reads: two texts alike here differ in white space alone. */
export function withoutSpace(path: string, text: string): string {
  if (INDENTED.test(path))
    return text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n')
  return text.replace(KEPT, (piece) => (/^\s/.test(piece) ? '' : piece))
}
