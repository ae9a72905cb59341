import { createHash } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import type { Sql } from 'postgres'
import type { Person } from '../domain/person.ts'
import { whosePassword } from '../store/password.ts'
import { owner, personById } from '../store/people.ts'
import type { Jar, OwnerAuth } from '../world.ts'

interface Sealed {
  person?: number
  /** Of the password that opened the session: changing the password ends every session. */
  stamp?: string
}

const COOKIE = 'nightshift'
/** Seconds: a week of nights. */
const TTL = 7 * 86_400

const stampOf = ({ passwordHash }: Person): string =>
  createHash('sha256').update(passwordHash!).digest('hex').slice(0, 32)

/** One sealed cookie for whoever knows the owner's password. Strict: no other site's link or form arrives signed in. */
export function passwordAuth(sql: Sql, secret: string, secure: boolean): OwnerAuth {
  const put = (jar: Jar, value: string, maxAge: number) =>
    jar.set(COOKIE, value, { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge })
  return {
    kind: 'owner',
    // A seal alone is not enough: who it is for is asked of the database each time.
    async visitor(jar) {
      const seal = jar.getAll().find(({ name }) => name === COOKIE)?.value
      const { person: id, stamp } = seal ? await unsealData<Sealed>(seal, { password: secret, ttl: TTL }) : {}
      if (typeof id !== 'number' || typeof stamp !== 'string') return null
      const person = await personById(sql, id)
      return person?.passwordHash && stampOf(person) === stamp ? { person, provedAt: null, session: seal! } : null
    },
    async again({ person }, password) {
      if (!password) return 'needed'
      return (await whosePassword(() => personById(sql, person), password)) ? 'proven' : 'wrong'
    },
    async signIn(jar, password) {
      const person = await whosePassword(() => owner(sql), password)
      if (!person) return false
      const sealed: Sealed = { person: person.id, stamp: stampOf(person) }
      put(jar, await sealData(sealed, { password: secret, ttl: TTL }), TTL - 60)
      return true
    },
    refresh: async () => undefined,
    signOut: async (jar) => put(jar, '', 0),
  }
}
