/** Whether a line runs nothing: empty, a comment, brackets alone. `#` begins a comment in some languages, in others a name. */
export function saysNothing(path: string, line: string): boolean {
  const comment = /\.(?:py|rb)$/.test(path) ? /^\s*#/ : /^\s*(?:\/\/|\/?\*)/
  return /^\s*[{}()[\];,]*\s*$/.test(line) || comment.test(line)
}
