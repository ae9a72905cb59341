import type { Area, Finding, Look } from '@/lib/domain/finding.ts'
import { Mark } from './badge.tsx'
import { keyed } from './keyed.ts'
import { Section } from './section.tsx'
import type { State } from './states.ts'
import { Untrusted } from './untrusted.tsx'

export const FINDING_STATES: Record<Finding['state'], State> = {
  ok: { word: 'Well', icon: 'check', tone: 'good' },
  fails: { word: 'Fails', icon: 'cross', tone: 'bad' },
  note: { word: 'Note', icon: 'dot', tone: 'ask' },
}

const TITLES: Record<Area, string> = {
  database: 'Database and people',
  server: 'Server',
  agents: 'Clocks that drive the agents',
  code: 'Code',
  deploy: 'Deployment',
  sandbox: 'Sandbox',
  sources: 'Where errors come from',
  model: 'Models',
  notify: 'Whom it tells',
  doors: 'Webhooks and drains',
  clock: 'Time',
}

/** One area: what fails first, each with what was found and what to do about it. */
export function Findings({ area, looks }: { area: Area; looks: Look[] }) {
  return (
    <Section id={area} title={TITLES[area]}>
      <ul className="findings">
        {keyed(looks, ({ name, project }) => `${project} ${name}`).map(({ key, item }) => (
          <li key={key}>
            <Mark {...FINDING_STATES[item.state]} />
            <div>
              <p>
                <strong>
                  <Untrusted text={item.name} />
                </strong>
                {': '}
                <Untrusted text={item.detail} />
              </p>
              {item.todo ? (
                <p className="text-soft">
                  <Untrusted text={item.todo} />
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
