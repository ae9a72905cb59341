/** The two values in the message of an `expect`, where the runner hands on nothing but its message. */
export function differenceIn(message: string): { expected: string | null; actual: string | null } {
  const plain = message.slice(0, 20_000)
  const expected = /^\s*Expected(?: [a-z ]{1,40})?: {1,4}(.{1,2000})$/m.exec(plain)?.[1]
  const received = /^\s*Received(?: [a-z ]{1,40})?: {1,4}(.{1,2000})$/m.exec(plain)?.[1]
  if (expected || received) return { expected: expected ?? null, actual: received ?? null }
  const [, actual, wanted] =
    /expected (.{1,500}?) to (?:be|equal|deeply equal|strictly equal) (.{1,500}?)(?: \/\/ .*)?$/m.exec(plain) ?? []
  return { expected: wanted ?? null, actual: actual ?? null }
}
