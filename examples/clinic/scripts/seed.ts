import { rmSync } from 'node:fs'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database.ts'

const PRACTICES = ['Alder Grove', 'Birchwood', 'Canal Street', 'Dovecote Lane', 'Elm Park', 'Ferry Road']
const NAMES = ['Amara Obi', 'Ben Castell', 'Chloe Varga', 'Dinesh Rao', 'Eilidh Munro', 'Femi Adeyemi', 'Greta Holm']
const CAMPAIGNS = [
  ['Flu jabs', 'over 65'],
  ['Eye tests', 'diabetes'],
  ['New opening hours', 'everyone'],
]
const DAYS = ['mon', 'tue', 'wed']
const TIMES = ['09:00', '09:20', '09:40']

/** Starts afresh and fills every table; the same rows on every run. */
export function seed(path: string) {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  const db = openDatabase(path)
  const insert = (sql: string, ...values: (string | number | null)[]) => db.prepare(sql).run(...values)
  db.exec('begin')
  for (const [index, [title, audience]] of CAMPAIGNS.entries()) {
    insert('insert into campaigns values (?, ?, ?)', `c-${index + 1}`, title, audience)
  }
  for (const [index, name] of PRACTICES.entries()) {
    const id = `p-${index + 1}`
    insert('insert into practices values (?, ?, ?)', id, name, `020 7946 01${index}0`)
    insert('insert into invoices values (?, ?, ?, 0)', `inv-${index + 1}`, id, 12_500 + index * 750)
    insert('insert into clinicians values (?, ?, ?)', `cl-${index + 1}`, `Dr ${NAMES[index]}`, id)
    for (const [place, patient] of NAMES.entries()) {
      const key = `pt-${index * NAMES.length + place + 1}`
      const email = `${patient.split(' ')[0].toLowerCase()}.${key}@example.com`
      insert('insert into patients values (?, ?, ?, ?, ?)', key, id, patient, email, place % 3 === 0 ? 0 : 1)
      for (let year = 2023; year < 2026; year += 1)
        insert('insert into visits values (?, ?, ?)', `v-${key}-${year}`, id, year)
    }
    insert(
      'insert into referrals values (?, ?, ?, ?)',
      `ref-${index + 1}`,
      `pt-${index + 1}`,
      `cl-${index + 1}`,
      'knee pain',
    )
    for (const day of DAYS) {
      for (const time of TIMES) {
        insert('insert into slots values (?, ?, ?, ?, null)', `s-${id}-${day}-${time.replace(':', '')}`, id, day, time)
      }
    }
  }
  db.exec('commit')
  db.close()
}

if (import.meta.main) seed(readConfig(process.env).database)
