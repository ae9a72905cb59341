/**
 * Why a change leaves a check (types, lint) worse off, in words; null when it does not, or nobody could look.
 * `was` and `is` are problems without the change and with it, null where the check did not look.
 */
export function worse(command: string, was: number | null, is: number | null): string | null {
  return was !== null && is !== null && is > was ? `\`${command}\` finds ${is} problems with it, ${was} without` : null
}
