import type { Metadata } from 'next/types.js'
import { signOut } from '@/app/login/actions.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { Masthead } from '@/components/masthead.tsx'
import { Section } from '@/components/section.tsx'
import { SetupNav } from '@/components/setupNav.tsx'
import { ShownOnceForm } from '@/components/shownOnce.tsx'

export const metadata: Metadata = { title: 'Connect Vercel' }

export default async function Page() {
  const { role } = await requirePerson()
  const { deploy } = world().config
  const may = role === 'owner' && deploy.kind === 'vercel'
  return (
    <>
      <Masthead signOut={signOut} here="Setup" />
      <main id="main" className="page page-tale">
        <SetupNav here="Steps" />
        <h1 className="tale-title">Connect Vercel</h1>
        <p className="mt-3 max-w-prose">
          A drain brings the requests, so that Nightshift knows how often a route was used before it says that an error
          is gone. A webhook rings when a deployment moves. Both belong to the projects named in the settings, and both
          are found again by their address: doing this twice makes nothing twice.
        </p>
        <Section id="make" title="Make the drain and the webhook">
          {may ? (
            <ShownOnceForm at="setup/vercel" body={{}} submit="Make them" sending="Asking Vercel…" password />
          ) : (
            <p className="max-w-prose text-soft">
              {role === 'owner'
                ? 'The server does not deploy with Vercel: set DEPLOY=vercel, VERCEL_TOKEN and VERCEL_TEAM_ID, and start it again.'
                : 'Only an owner does this.'}
            </p>
          )}
        </Section>
      </main>
    </>
  )
}
