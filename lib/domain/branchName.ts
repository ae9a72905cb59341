/** As `git check-ref-format --branch` has it, and short; nothing of it is a pattern, an option or another ref's name. */
export function isBranchName(name: string): boolean {
  if (name.length > 200 || /^-|^\/|\/$|\/\/|\.\.|@\{|\.$|\.lock(?:\/|$)|(?:^|\/)\./.test(name)) return false
  return /^[^\0-\x20\x7f~^:?*[\\]+$/.test(name) && name !== '@' && name !== 'HEAD'
}
