'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { safeNext } from '@/app/next.ts'
import { jar, visitor } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import type { Entry } from '@/components/accountForms.tsx'
import type { SignInAnswer } from '@/components/signInForm.tsx'
import { mayBeWrittenTo } from '@/lib/actions/admit.ts'
import { LINKS } from '@/lib/domain/account.ts'
import { Fault } from '@/lib/errors.ts'
import { accounts, entered } from './entered.ts'
import { PROBLEMS } from './words.ts'

const Owner = z.object({ password: z.string().min(1).max(200) })

/** One answer for every wrong password, so that a guess teaches nothing. */
const WRONG: SignInAnswer = { problem: 'That is not the password. It was printed at the first start.' }

export async function submitPassword(_was: SignInAnswer, form: FormData): Promise<SignInAnswer> {
  const parsed = Owner.safeParse(Object.fromEntries(form))
  const { auth } = world()
  if (!parsed.success || auth.kind !== 'owner') return WRONG
  if (!(await auth.signIn(await jar(), parsed.data.password))) return WRONG
  redirect(safeNext(form.get('next')))
}

export async function signOut(): Promise<void> {
  await world().auth.signOut(await jar())
  redirect('/login')
}

const Account = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().max(72).catch(''),
  way: z.enum(['password', 'link']).catch('password'),
})

const bad = (words: string): Entry => ({ tone: 'bad', words })

/** With a password, or a link that is sent where it may be; what is said does not tell whose addresses are known. */
export async function enter(_was: Entry, form: FormData): Promise<Entry> {
  const auth = accounts()
  const parsed = Account.safeParse(Object.fromEntries(form))
  if (!auth || !parsed.success) return bad('That is no address.')
  const { email, password, way } = parsed.data
  return reachable(async () => {
    if (way === 'link' || password === '') return sent(email)
    const own = await jar()
    const problem = await entered(own, auth, await auth.byPassword(own, email, password))
    if (problem) return bad(PROBLEMS[problem])
    redirect(safeNext(form.get('next')))
  })
}

async function sent(email: string): Promise<Entry> {
  const { config, sql } = world()
  if (config.auth.kind === 'supabase' && (await mayBeWrittenTo(sql, config.auth, email)))
    await accounts()?.sendLink(email)
  return {
    tone: 'good',
    words: 'If this address may come in, a link is on its way to it. Another one can be asked for in a minute.',
  }
}

const Link = z.object({ token_hash: z.string().regex(/^[\w-]{16,200}$/), type: z.enum(LINKS) })

export async function openLink(_was: Entry, form: FormData): Promise<Entry> {
  const auth = accounts()
  const parsed = Link.safeParse(Object.fromEntries(form))
  if (!auth || !parsed.success) return bad(PROBLEMS.wrong)
  return reachable(async () => {
    const own = await jar()
    const problem = await entered(own, auth, await auth.byLink(own, parsed.data.token_hash, parsed.data.type))
    if (problem) return bad(PROBLEMS[problem])
    redirect(safeNext(null))
  })
}

const Chosen = z.object({ chosen: z.string().min(12).max(72) })

/** By whoever signed in a moment ago: a session that was left open is not enough to lock somebody out. */
export async function choosePassword(_was: Entry, form: FormData): Promise<Entry> {
  const auth = accounts()
  const parsed = Chosen.safeParse(Object.fromEntries(form))
  if (!auth || !parsed.success) return bad('It takes at least 12 characters.')
  return reachable(async () => {
    const known = await visitor()
    if (!known) redirect('/login')
    const { person, provedAt } = known
    const who = { person: person.id, name: person.name, role: person.role, via: 'page', provedAt } as const
    if ((await auth.again(who, null)) !== 'proven')
      return bad('Sign out and in again first: for ten minutes after that you can choose one.')
    const answer = await auth.choosePassword(await jar(), parsed.data.chosen)
    if (answer === 'limited') return bad(PROBLEMS.limited)
    if (answer === 'weak') return bad('The service people sign in with does not take this one: try another.')
    return { tone: 'good', words: 'From now on you can sign in with it. Your other sessions have ended.' }
  })
}

/** A service that does not answer is told as that. */
async function reachable(work: () => Promise<Entry>): Promise<Entry> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) return bad(`${new Fault(error.code).message} ${error.remedy}`)
    throw error
  }
}
