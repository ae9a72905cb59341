import type { Person } from './people.ts'

export interface Card {
  title: string
  subtitle: string
  lines: string[]
}

/** What a profile page shows of somebody; parts that are not known are left out. */
export function cardOf(person: Person): Card {
  const lines: string[] = []
  if (person.email) lines.push(person.email)
  const city = person.address?.city
  if (city) lines.push(city)
  const vat = person.company?.vat
  if (vat) lines.push(`VAT ${vat}`)
  return {
    title: person.name,
    subtitle: person.company?.name ?? 'private person',
    lines,
  }
}

/** The letters in the circle beside a name: at most two. */
export function initialsOf(person: Person): string {
  return person.name
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('')
}
