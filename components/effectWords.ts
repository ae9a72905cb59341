/** `promote to production`, `rollback on production`: a call to the outside, by what it does and where. */
export function effectInWords(kind: string, target: string): string {
  if (kind === 'tell' && target === 'tracker') return 'tell where it came from'
  if (kind === 'tell' && target === 'pull') return 'tell on the code host'
  if (kind === 'propose') return 'open a pull request'
  if (kind === 'propose-revert') return `open a pull request that takes it out of ${target}`
  if (kind === 'withdraw') return `close the pull request to ${target}`
  return target ? `${kind} ${TAKES_BACK.has(kind) ? 'on' : 'to'} ${target}` : kind
}

/** What takes back acts on a place; what changes brings something to it. */
const TAKES_BACK = new Set(['rollback', 'revert'])
