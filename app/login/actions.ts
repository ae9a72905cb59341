'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { session, stampOf } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import type { SignInAnswer } from '@/components/signInForm.tsx'
import { signIn } from '@/lib/actions/signIn.ts'

const Form = z.object({ password: z.string().min(1).max(200) })

/** One answer for every wrong password, so that a guess teaches nothing. */
const WRONG: SignInAnswer = { problem: 'That is not the password. It was printed at the first start.' }

export async function submitPassword(_was: SignInAnswer, form: FormData): Promise<SignInAnswer> {
  const parsed = Form.safeParse(Object.fromEntries(form))
  if (!parsed.success) return WRONG
  const person = await signIn(world().sql, parsed.data.password)
  if (!person) return WRONG
  const sealed = await session()
  sealed.person = person.id
  sealed.stamp = stampOf(person)
  await sealed.save()
  redirect('/dashboard/agent-control')
}

export async function signOut(): Promise<void> {
  const sealed = await session()
  sealed.destroy()
  redirect('/login')
}
