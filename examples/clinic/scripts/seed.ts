import { rmSync } from 'node:fs'
import type { SQLInputValue } from 'node:sqlite'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database.ts'

type Insert = (table: string, ...values: SQLInputValue[]) => void

const PRACTICES = ['Alder Grove', 'Birchwood', 'Canal Street', 'Dovecote Lane', 'Elm Park', 'Ferry Road']
/** Left the group in spring; its visits are kept for the statistics. */
const CLOSED = 'p-91'
const NAMES = ['Amara Obi', 'Ben Castell', 'Chloe Varga', 'Dinesh Rao', 'Eilidh Munro', 'Femi Adeyemi', 'Greta Holm']
const CAMPAIGNS = [
  ['Flu jabs', 'over 65'],
  ['Eye tests', 'diabetes'],
  ['New opening hours', 'everyone'],
]
const YEARS = [2023, 2024, 2025]
const DAYS = ['mon', 'tue', 'wed']
const TIMES = ['09:00', '09:20', '09:40']

/** Starts afresh and fills every table; the same rows on every run. */
export function seed(path: string) {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  const db = openDatabase(path)
  const insert: Insert = (table, ...values) => {
    db.prepare(`insert into ${table} values (${values.map(() => '?').join(', ')})`).run(...values)
  }
  db.exec('begin')
  for (const [index, [title, audience]] of CAMPAIGNS.entries()) insert('campaigns', `c-${index + 1}`, title, audience)
  for (const [index, name] of PRACTICES.entries()) seedPractice(insert, index, name)
  for (const year of YEARS) insert('visits', `v-0-${year}`, CLOSED, year)
  db.exec('commit')
  db.close()
}

function seedPractice(insert: Insert, index: number, name: string) {
  const number = index + 1
  const id = `p-${number}`
  insert('practices', id, name, `020 7946 01${index}0`)
  insert('invoices', `inv-${number}`, id, 12_500 + index * 750, 0)
  insert('clinicians', `cl-${number}`, `Dr ${NAMES[index]}`, id)
  insert('referrals', `ref-${number}`, `pt-${number}`, `cl-${number}`, 'knee pain')
  for (const [place, patient] of NAMES.entries()) {
    const key = index * NAMES.length + place + 1
    const email = `${patient.split(' ')[0].toLowerCase()}.${key}@example.com`
    insert('patients', `pt-${key}`, id, patient, email, place % 3 === 0 ? 0 : 1)
    for (const year of YEARS) insert('visits', `v-${key}-${year}`, id, year)
  }
  for (const day of DAYS) {
    for (const time of TIMES) insert('slots', `s-${id}-${day}-${time.replace(':', '')}`, id, day, time, null)
  }
}

if (import.meta.main) seed(readConfig(process.env).database)
