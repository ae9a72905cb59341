/**
 * Why a change leaves a check (types, lint) worse off, in words; null when it does not, or nobody could look.
 * `was` and `is` are problems without the change and with it, null where the check did not look. One that looked before
 * and does not any more was stopped by the change.
 */
export function worse(command: string, was: number | null, is: number | null): string | null {
  if (was !== null && is === null) return `\`${command}\` comes to no end with it, and did without`
  return was !== null && is !== null && is > was ? `\`${command}\` finds ${is} problems with it, ${was} without` : null
}
