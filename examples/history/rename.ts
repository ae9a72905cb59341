/** Other words for the launch of a campaign to a practice: its route, its variables and the names of its files. */
export const RENAMED: Record<string, string> = {
  practice: 'surgery',
  practices: 'surgeries',
  campaign: 'mailing',
  campaigns: 'mailings',
  launch: 'dispatch',
  launches: 'dispatches',
  launched: 'dispatched',
  recipients: 'addressees',
}

/**
 * Replaces whole words everywhere in a text. Names made of several words are taken apart, so `practice: 'surgery'`
 * also turns `practiceId` into `surgeryId` and `findPractice` into `findSurgery`; a mapping of the whole name goes first.
 */
export function renameText(text: string, words: Record<string, string> = {}): string {
  const known = new Map(Object.entries(words))
  if (known.size === 0) return text
  return text.replace(/[A-Za-z]+/g, (name) => known.get(name) ?? name.replace(/[A-Z]?[a-z]+|[A-Z]+/g, partOf(known)))
}

function partOf(known: Map<string, string>) {
  return (part: string): string => {
    const word = known.get(part.toLowerCase())
    if (word === undefined) return part
    if (part === part.toLowerCase()) return word
    if (part.length > 1 && part === part.toUpperCase()) return word.toUpperCase()
    return word.charAt(0).toUpperCase() + word.slice(1)
  }
}
