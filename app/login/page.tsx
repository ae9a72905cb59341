import { redirect } from 'next/navigation'
import type { Metadata } from 'next/types.js'
import { one, type Query } from '@/app/chosen.ts'
import { safeNext } from '@/app/next.ts'
import { visitor } from '@/app/session.ts'
import { AccountForm } from '@/components/accountForms.tsx'
import { Moon } from '@/components/masthead.tsx'
import { SignInForm } from '@/components/signInForm.tsx'
import { enter, submitPassword } from './actions.ts'
import { accounts } from './entered.ts'
import { problemNamed } from './words.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  const query = await searchParams
  const next = safeNext(one(query.next))
  if (await visitor()) redirect(next)
  const auth = accounts()
  return (
    <main id="main" className="alone">
      <div className="panel p-8">
        <h1 className="flex items-center gap-2 text-2xl font-semibold">
          <Moon /> Nightshift
        </h1>
        <p className="mt-2 text-soft">The engineer who takes the night shift.</p>
        {auth ? (
          <>
            <AccountForm action={enter} next={next} problem={problemNamed(one(query.problem))} />
            {auth.github ? (
              <p className="mt-6 border-t border-line pt-6">
                {/* Not a link of Next's: nothing may fetch it before it is pressed. */}
                <a className="button" href={`/auth/github?next=${encodeURIComponent(next)}`}>
                  Sign in with GitHub
                </a>
              </p>
            ) : null}
          </>
        ) : (
          <SignInForm action={submitPassword} next={next} />
        )}
      </div>
    </main>
  )
}
