/** Methods and properties that are mistaken for one another, the nearer the earlier. */
const FAMILIES: string[][] = [
  ['indexOf', 'lastIndexOf'],
  ['findIndex', 'findLastIndex'],
  ['find', 'findLast'],
  ['push', 'unshift'],
  ['pop', 'shift'],
  ['slice', 'splice', 'substring', 'substr'],
  ['trim', 'trimStart', 'trimEnd'],
  ['trimStart', 'trimEnd'],
  ['padStart', 'padEnd'],
  ['startsWith', 'endsWith', 'includes'],
  ['min', 'max'],
  ['floor', 'ceil', 'round', 'trunc'],
  ['toLowerCase', 'toUpperCase'],
  ['some', 'every'],
  ['map', 'flatMap'],
  ['reduce', 'reduceRight'],
  ['keys', 'values', 'entries'],
  ['replace', 'replaceAll'],
  ['match', 'matchAll'],
  ['parseInt', 'parseFloat', 'Number'],
  ['setTimeout', 'setInterval'],
  ['encodeURIComponent', 'encodeURI'],
  ['decodeURIComponent', 'decodeURI'],
  ['all', 'allSettled', 'race', 'any'],
  ['call', 'apply'],
  ['get', 'set', 'has'],
  ['set', 'add'],
  ['first', 'last'],
  ['next', 'previous', 'prev'],
  ['start', 'end'],
  ['before', 'after'],
  ['width', 'height'],
  ['top', 'bottom'],
  ['left', 'right'],
  ['x', 'y'],
  ['from', 'to'],
  ['key', 'value'],
  ['getDate', 'getDay'],
  ['getMonth', 'getDate'],
  ['getFullYear', 'getYear'],
  ['on', 'once'],
  ['on', 'off'],
  ['getOwnPropertyNames', 'keys', 'ownKeys'],
  ['charCodeAt', 'codePointAt'],
  ['fromCharCode', 'fromCodePoint'],
  ['sort', 'toSorted'],
  ['reverse', 'toReversed'],
  ['splice', 'toSpliced'],
  ['isNaN', 'isFinite', 'isInteger'],
  ['log', 'log2', 'log10'],
  ['innerText', 'textContent', 'innerHTML'],
  ['resolve', 'reject'],
  ['join', 'resolve'],
  ['dirname', 'basename', 'extname'],
  ['appendChild', 'removeChild'],
  ['addEventListener', 'removeEventListener'],
  ['getTime', 'getTimezoneOffset'],
]

/** Of different use, and mistaken for one another less often. */
const COUSINS: string[][] = [
  ['filter', 'find'],
  ['filter', 'map'],
  ['forEach', 'map'],
  ['some', 'find'],
  ['find', 'findIndex'],
  ['push', 'concat'],
  ['test', 'exec'],
  ['includes', 'has'],
  // The one that is not there is undefined, which turns a question off instead of asking another.
  ['length', 'size'],
]

/** What else a name could have been, with how likely: nearer members of a family first; local and UTC clocks as well. */
export function siblingsOf(name: string): [string, number][] {
  const found = new Map<string, number>()
  for (const family of FAMILIES) {
    const at = family.indexOf(name)
    if (at === -1) continue
    for (const [index, other] of family.entries()) {
      if (index === at) continue
      const odds = Math.max(0.3, 1 - 0.25 * (Math.abs(index - at) - 1))
      found.set(other, Math.max(found.get(other) ?? 0, odds))
    }
  }
  for (const family of COUSINS) {
    for (const other of family.includes(name) ? family : []) if (other !== name) found.set(other, 0.3)
  }
  const clock = /^(get|set)(UTC)?(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)$/.exec(name)
  if (clock) found.set(`${clock[1]}${clock[2] ? '' : 'UTC'}${clock[3]}`, 0.9)
  return [...found]
}
