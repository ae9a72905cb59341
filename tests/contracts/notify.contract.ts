import type { Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Fault as Put } from '../../emulators/trouble.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { Notice } from '../../lib/domain/notice.ts'
import type { Project } from '../../lib/domain/project.ts'
import { insertNotice } from '../../lib/store/notices.ts'
import { projectBySlug } from '../../lib/store/projects.ts'
import type { Notify } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** A way to tell people, and a look at what reached them by other means than the adapter. */
export interface Told {
  notify: Notify
  /** Keys of what arrived, in order. */
  keys(): Promise<string[]> | string[]
  /** Everything a person reads of it, as it is shown. */
  words(): Promise<string> | string
  /** Troubles of the call that sends; null where nothing is called. */
  faults: Put[] | null
  close(): Promise<void>
}

export interface NotifyContract {
  name: string
  /** Whether the far side can be asked what arrived; otherwise what it accepted is all that is known. */
  askable: boolean
  /** The call that sends, as the emulator names it. */
  sending: RegExp
  open(sql: Sql): Promise<Told>
}

let numbers = 0
export const someNotice = (more: Partial<Notice> = {}): Notice =>
  ({
    ...{ kind: 'paused', key: `notice-${++numbers}`, title: 'Shop is paused', body: 'By Ada: looks bad.' },
    link: '/dashboard/agent-control',
    ...more,
  }) as Notice

export function notifyContract({ name, askable, sending, open }: NotifyContract): void {
  describe(name, () => {
    let db: FreshDatabase
    let told: Told
    let project: Project
    beforeAll(async () => {
      db = await freshDatabase()
      const settings = { repository: '/srv/shop.git', app: 'shop' }
      await registerProject(db.sql, { slug: 'shop', name: 'Shop', level: 1, settings })
      project = (await projectBySlug(db.sql, 'shop'))!
      told = await open(db.sql)
    })
    afterAll(async () => {
      await told.close()
      await db.drop()
    })
    beforeEach(() => {
      if (told.faults) told.faults.length = 0
    })

    /** As everywhere: the inbox has it first. */
    const written = async (more: Partial<Notice> = {}) => {
      const notice = someNotice(more)
      await insertNotice(db.sql, project.id, notice)
      return notice
    }
    const times = async ({ key }: Notice) => (await told.keys()).filter((one) => one === key).length
    const fails = (what: Put['what']) => told.faults?.push({ on: sending, times: 1, what })

    test('what was sent has arrived, once, with its words', async () => {
      const notice = await written({ title: 'Issue 7 waits', body: 'Ready for staging & more <b>.' })
      expect(await told.notify.send(project, notice)).toBeUndefined()
      expect(await told.notify.arrived(project, notice.key)).toBe(true)
      expect(await times(notice)).toBe(1)
      expect(await told.words()).toContain('Issue 7 waits')
    })

    test('one key is one message, however often it is sent; another key is another', async () => {
      const notice = await written()
      for (let n = 0; n < 3; n++) await told.notify.send(project, notice)
      const other = await written()
      await told.notify.send(project, other)
      expect([await times(notice), await times(other)]).toEqual([1, 1])
    })

    test('the same key of another project is another message: both have a hand-over of the same day', async () => {
      await registerProject(db.sql, {
        slug: 'other',
        name: 'Other',
        level: 1,
        settings: { repository: '/r', app: 'o' },
      })
      const other = (await projectBySlug(db.sql, 'other'))!
      const notice = await written()
      await insertNotice(db.sql, other.id, notice)
      await told.notify.send(project, notice)
      expect(await told.notify.arrived(other, notice.key)).toBe(name === 'inbox')
      if (name !== 'inbox') {
        // It is known to have been called, and what is there under this key is not its own.
        fails({ kind: 'before', status: 503 })
        await expect(told.notify.send(other, notice)).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
        expect(await told.notify.arrived(other, notice.key)).toBe(false)
      }
      await told.notify.send(other, notice)
      expect(await told.notify.arrived(other, notice.key)).toBe(true)
      expect(await times(notice)).toBe(2)
    })

    test('what another process sent is known by its key', async () => {
      const notice = await written()
      await told.notify.send(project, notice)
      const again = await open(db.sql)
      await again.close()
      expect(await told.notify.arrived(project, notice.key)).toBe(true)
    })

    test.runIf(name !== 'inbox')('what nobody sent has not arrived', async () => {
      expect(await told.notify.arrived(project, (await written()).key)).toBe(false)
      expect(await told.notify.arrived(project, 'no such key')).toBe(false)
    })

    test.runIf(name !== 'inbox')('a limit is a no with its time, and the next try arrives', async () => {
      const notice = await written()
      fails({ kind: 'limit', seconds: 7 })
      const no = await told.notify.send(project, notice)
      expect(no).toMatchObject({ refused: expect.any(String), inMs: expect.any(Number) })
      expect(await told.notify.arrived(project, notice.key)).toBe(false)
      await told.notify.send(project, notice)
      expect(await times(notice)).toBe(1)
    })

    test.runIf(name !== 'inbox').each<[string, Put['what'], boolean]>([
      ['a 503 before the work', { kind: 'before', status: 503 }, false],
      ['a page instead of an answer', { kind: 'before', status: 502, body: '<h1>Bad gateway</h1>' }, false],
      ['a redirect', { kind: 'redirects', to: 'http://127.0.0.1:1/elsewhere' }, false],
      ['a 500 after the work', { kind: 'after', status: 500 }, true],
      ['an answer that was lost', { kind: 'lost' }, true],
      ['silence after the work', { kind: 'hangs', ms: 9000 }, true],
    ])('after %s nobody knows; who asks is told the truth, and it arrives', async (_, what, done) => {
      const notice = await written()
      fails(what)
      await expect(told.notify.send(project, notice)).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
      expect(await told.notify.arrived(project, notice.key)).toBe(done && askable)
      // Whoever was told that it did not arrive sends it again: twice, where nobody can be asked, rather than never.
      await told.notify.send(project, notice)
      expect(await told.notify.arrived(project, notice.key)).toBe(true)
      expect(await times(notice)).toBe(done && !askable ? 2 : 1)
    })
  })
}
