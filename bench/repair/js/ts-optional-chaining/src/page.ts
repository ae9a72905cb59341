import { cardOf, initialsOf } from './card.ts'
import { findPerson } from './people.ts'

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export interface Page {
  status: number
  body: string
}

export function profilePage(id: string): Page {
  const person = findPerson(id)
  if (!person) return { status: 404, body: '<h1>Nobody of that name</h1>' }
  const card = cardOf(person)
  const lines = card.lines.map((line) => `<li>${escape(line)}</li>`).join('')
  const head = `<b>${initialsOf(person)}</b><h1>${escape(card.title)}</h1><h2>${escape(card.subtitle)}</h2>`
  return { status: 200, body: `${head}<ul>${lines}</ul>` }
}
