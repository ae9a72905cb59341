import Link from 'next/link'
import type { Step } from '@/lib/domain/onboarding.ts'
import { Mark } from './badge.tsx'
import type { State } from './states.ts'
import { Untrusted } from './untrusted.tsx'

const STATES: Record<Step['state'], State> = {
  done: { word: 'Done', icon: 'check', tone: 'good' },
  todo: { word: 'To do', icon: 'hand', tone: 'ask' },
  may: { word: 'Optional', icon: 'dot', tone: 'still' },
}

const TITLES: Record<Step['step'], string> = {
  database: 'Database',
  people: 'People',
  project: 'Project',
  code: 'Code',
  deploy: 'Deployment',
  drains: 'Requests and hints',
  sources: 'Errors',
  notify: 'Notices',
  level: 'Level',
}

const PAGES: Record<string, string> = {
  '': 'To the board',
  doctor: 'What the doctor says',
  settings: 'To the settings',
  'connect/github': 'Connect GitHub',
  'connect/vercel': 'Connect Vercel',
}

/** Everything there is to set up, as it stands now. */
export function OnboardingSteps({ steps, project }: { steps: Step[]; project: string | undefined }) {
  const next = steps.find(({ state }) => state === 'todo')
  const of = project === undefined ? '' : `?project=${encodeURIComponent(project)}`
  return (
    <>
      <p className="lead mt-3">
        {next ? `Next: ${TITLES[next.step].toLowerCase()}.` : 'Everything that is needed is there.'}
      </p>
      <ol className="findings mt-8">
        {steps.map(({ step, state, why, page }) => (
          <li key={step} aria-current={step === next?.step ? 'step' : undefined}>
            <Mark {...STATES[state]} />
            <div>
              <h2 className="font-semibold">{TITLES[step]}</h2>
              <p>
                <Untrusted text={why} />
              </p>
              {page === null ? null : (
                <Link
                  prefetch={false}
                  href={`/dashboard/agent-control${page && `/${page}`}${of}`}
                  className={step === next?.step ? 'button button-main mt-2' : 'link'}
                >
                  {PAGES[page] ?? page}
                </Link>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
