import { mkdtemp, rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { APP_ROLE, asLogin } from '../../cli/migrate.ts'
import { startPostgres } from '../../cli/postgres.ts'
import { loadSecrets } from '../../cli/secrets.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { fileAnchors } from '../../lib/adapters/anchors.file.ts'
import { mayRaise } from '../../lib/policy/levelUp.ts'
import { connect } from '../../lib/store/database.ts'
import { levelRecord } from '../../lib/store/record.ts'
import { hasFaketime } from './earned/clock.ts'
import { makePast } from './earned/earned.ts'

test.skipIf(!hasFaketime).each([
  [10, 'may'],
  [9, 'may-not'],
])(
  '%i cures in 32 days that were lived by another clock: level 3 %s be had, and the chain holds',
  async (n, answer) => {
    const home = await mkdtemp('/var/tmp/ns-earned-')
    try {
      await makePast(home, n)
      const postgres = await startPostgres({ home: home })
      const { appPassword } = await loadSecrets(home)
      const sql = connect(asLogin(postgres.adminUrl, APP_ROLE, appPassword), 1)
      try {
        const { answer: chain } = await verifyAudit(sql, 1, await fileAnchors(home).read({ slug: 'clinic' }))
        const { levels, ends, now } = await levelRecord(sql, 1)
        expect(chain).toBe('holds')
        expect(now.getTime() - ends[0]!.at.getTime()).toBeGreaterThan(29 * 86_400_000)
        expect(mayRaise({ levels, ends, chain }, now)).toMatchObject({ answer })
      } finally {
        await sql.end()
        await postgres.stop()
      }
    } finally {
      await rm(home, { recursive: true, force: true })
      await rm(`${home}.clock`, { force: true })
    }
  },
)
