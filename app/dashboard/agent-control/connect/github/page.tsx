import type { Metadata } from 'next/types.js'
import { one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { requirePerson } from '@/app/session.ts'
import { isState, stateFor } from '@/app/sessionState.ts'
import { world } from '@/app/world.ts'
import { GithubForm } from '@/components/githubForm.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { Fact, Facts, Section } from '@/components/section.tsx'
import { SetupNav } from '@/components/setupNav.tsx'
import { ShownOnceForm } from '@/components/shownOnce.tsx'
import { appForm } from '@/lib/adapters/index.ts'

export const metadata: Metadata = { title: 'Connect GitHub' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  const { role } = await requirePerson()
  const query = await searchParams
  return (
    <>
      <Masthead signOut={signOut} here="Setup" />
      <main id="main" className="page page-tale">
        <SetupNav here="Steps" />
        <h1 className="tale-title">Connect GitHub</h1>
        {role === 'owner' ? (
          <Step code={one(query.code)} state={one(query.state) ?? ''} installation={one(query.installation_id)} />
        ) : (
          <p className="mt-3 text-soft">Only an owner connects the code.</p>
        )}
      </main>
    </>
  )
}

interface Come {
  code: string | undefined
  state: string
  installation: string | undefined
}

async function Step({ code, state, installation }: Come) {
  if (installation && /^\d{1,15}$/.test(installation)) return <Installed />
  if (code && /^[\w-]{10,100}$/.test(code))
    return (await isState('github-app', state)) ? <Take code={code} state={state} /> : <Over />
  return <Begin />
}

async function Begin() {
  const { config } = world()
  const { action, ofOrganization, manifest, permissions } = appForm(
    config.github,
    config.url,
    await stateFor('github-app'),
  )
  return (
    <>
      <p className="mt-3 max-w-prose">
        Nightshift works as an App of your own at GitHub. The next page is GitHub’s: it shows what the App may do, and
        makes it when you say so. It reaches no repository until you install it.
      </p>
      <Section id="make" title="Make the App">
        <GithubForm action={action} ofOrganization={ofOrganization} manifest={manifest} />
      </Section>
      <Section id="may" title="What it may do">
        <Facts>
          {permissions.map(([name, access]) => (
            <Fact key={name} name={name.replaceAll('_', ' ')}>
              {access === 'write' ? 'read and write' : 'read'}
            </Fact>
          ))}
        </Facts>
        <p className="mt-4 max-w-prose text-soft">
          Neither workflows nor administration: whoever repairs may not change the rules. An App that has more is
          refused.
        </p>
      </Section>
    </>
  )
}

function Take({ code, state }: { code: string; state: string }) {
  return (
    <Section id="take" title="The App was made">
      <p className="max-w-prose">
        GitHub hands its key out once, within the hour. It is shown here, for you to put where this server’s settings
        come from.
      </p>
      <ShownOnceForm at="setup/github" body={{ code, state }} submit="Show its credentials" sending="Asking GitHub…" />
    </Section>
  )
}

const Over = () => (
  <Section id="over" title="This was begun elsewhere">
    <p className="max-w-prose">
      What GitHub sent back belongs to another session, or is more than an hour old. Nothing was changed here. If an App
      was made, delete it at GitHub and{' '}
      <a href="/dashboard/agent-control/connect/github" className="link">
        begin again
      </a>
      .
    </p>
  </Section>
)

const Installed = () => (
  <Section id="installed" title="The App is installed">
    <p className="max-w-prose">
      Set <code className="code">repository</code> to <code className="code">owner/name</code> in the{' '}
      <a href="/dashboard/agent-control/settings" className="link">
        settings
      </a>
      . Once the server runs with the App’s credentials, the{' '}
      <a href="/dashboard/agent-control/doctor" className="link">
        doctor
      </a>{' '}
      says whether it reaches the repository.
    </p>
  </Section>
)
