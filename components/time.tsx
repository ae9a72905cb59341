/** `20 Nov, 03:12` in the project's zone; the machine-readable instant is in the attribute. */
export function When({ at, zone, seconds = false }: { at: Date | string; zone: string; seconds?: boolean }) {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span>at an unknown time</span>
  return <time dateTime={date.toISOString()}>{clockIn(zone, date, seconds)}</time>
}

export function clockIn(zone: string, date: Date, seconds = false): string {
  const parts = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  const options = { ...parts, ...(seconds ? { second: '2-digit' as const } : {}) }
  try {
    return date.toLocaleString('en-GB', { ...options, timeZone: zone })
  } catch {
    // A zone this machine does not know must not take the page down.
    return `${date.toLocaleString('en-GB', { ...options, timeZone: 'UTC' })} UTC`
  }
}

const UNITS: [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** `3 s`, `12 min`, `2 h`, `5 d`: whole units, rounded down; a clock that runs behind gives `0 s`. */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? [1, 's']
  return `${Math.floor(seconds / size)} ${unit}`
}
