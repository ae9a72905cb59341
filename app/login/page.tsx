import { redirect } from 'next/navigation'
import type { Metadata } from 'next/types.js'
import { person } from '@/app/session.ts'
import { Moon } from '@/components/masthead.tsx'
import { SignInForm } from '@/components/signInForm.tsx'
import { submitPassword } from './actions.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page() {
  if (await person()) redirect('/dashboard/agent-control')
  return (
    <main id="main" className="alone">
      <div className="panel p-8">
        <h1 className="flex items-center gap-2 text-2xl font-semibold">
          <Moon /> Nightshift
        </h1>
        <p className="mt-2 text-soft">The engineer who takes the night shift.</p>
        <SignInForm action={submitPassword} />
      </div>
    </main>
  )
}
