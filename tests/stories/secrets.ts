import { execFileSync } from 'node:child_process'
import { connect } from '../../lib/store/database.ts'
import type { Night } from './night.ts'

/** What must never be seen again once it was sent to the app in a request that fails. */
export const PLANTED = [
  'cnry-bearer-4f9a2c71d6',
  'cnry-cookie-81be03aa5c',
  'cnry-password-77d0e4',
  'cnry-apikey-c05a9b22',
  'cnry.person@mail.example',
  'ghp_cnry5Dq8Lw2Xn7Vt4Rb9Kz1Mj6Hs3Pf0',
]

/** Requests that fail in the sample and carry everything an SDK would capture in clear. */
export async function plantSecrets(night: Night): Promise<void> {
  const [bearer, cookie, password, apiKey, email, github] = PLANTED
  for (let i = 0; i < 8; i++)
    await fetch(`${night.stack.sample!.production}/api/campaigns/launch?access_token=${apiKey}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-user-id': 'u-1',
        authorization: `Bearer ${bearer}`,
        cookie: `session=${cookie}`,
        'x-api-key': apiKey!,
      },
      body: JSON.stringify({
        practiceId: 'p-none',
        campaignId: 'c1',
        password,
        note: `ask ${email}`,
        deep: { token: github },
      }),
    })
}

/** Where a planted value is found: every table, every object of the repository, every log of ours, the page. */
export async function sightings(night: Night): Promise<string[]> {
  const places = new Map<string, string>()
  const admin = connect(night.stack.database.adminUrl, 1)
  const tables = await admin<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'nightshift'`
  for (const { name } of tables) {
    const [row] = await admin.unsafe<{ text: string | null }[]>(
      `select string_agg(t::text, ' ') as text from nightshift.${name} t`,
    )
    places.set(`table ${name}`, row?.text ?? '')
  }
  await admin.end()
  places.set('the repository', night.git('log', '-p', '--all', '--format=%H %an %B'))
  places.set('the logs', execFileSync('sh', ['-c', 'cat "$1"/logs/*.log', 'sh', night.home]).toString('latin1'))
  return [...places].flatMap(([place, text]) =>
    PLANTED.filter((value) => text.includes(value)).map((value) => `${value} in ${place}`),
  )
}
