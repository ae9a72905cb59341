/** Settings as lines of an environment file; values with anything but plain letters are quoted. */
export const envLines = (settings: Record<string, string>): string[] =>
  Object.entries(settings).map(([name, value]) => `${name}=${/^[\w.:/@+-]*$/.test(value) ? value : `"${value}"`}`)

export const vercelLines = (names: string[]): string[] => names.map((name) => `vercel env add ${name} production`)
