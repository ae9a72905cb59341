import { notFound } from 'next/navigation'
import type { Metadata } from 'next/types.js'
import { one, type Query } from '@/app/chosen.ts'
import { openLink } from '@/app/login/actions.ts'
import { accounts } from '@/app/login/entered.ts'
import { LinkForm } from '@/components/accountForms.tsx'
import { Moon } from '@/components/masthead.tsx'

export const metadata: Metadata = { title: 'Sign in' }

/** Where the links in mails lead. Looking at it uses nothing up. */
export default async function Page({ searchParams }: { searchParams: Query }) {
  if (!accounts()) notFound()
  const query = await searchParams
  const tokenHash = one(query.token_hash)
  return (
    <main id="main" className="alone">
      <div className="panel p-8">
        <h1 className="flex items-center gap-2 text-2xl font-semibold">
          <Moon /> Nightshift
        </h1>
        {tokenHash ? (
          <>
            <p className="mt-2 text-soft">You opened a link from your mail. Go on only if you asked for it.</p>
            <LinkForm action={openLink} tokenHash={tokenHash} kind={one(query.type) ?? 'email'} />
          </>
        ) : (
          <p className="mt-2">
            This link does not carry what is needed. Whoever set Nightshift up changes the mail’s template, as its
            documentation says.
          </p>
        )}
      </div>
    </main>
  )
}
