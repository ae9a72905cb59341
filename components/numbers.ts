/** `1,804`; the same on every machine, because pages are rendered on the server. */
export const count = (n: number): string => n.toLocaleString('en-GB')

/** `1 user`, `7 users`. */
export const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`

/** Three significant digits, so that small rates keep their meaning. */
export const rate = (n: number): string => n.toLocaleString('en-GB', { maximumSignificantDigits: 3 })
