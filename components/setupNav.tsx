import Link from 'next/link'

const SETUP = '/dashboard/agent-control'
const PAGES = [
  { name: 'Steps', path: `${SETUP}/connect` },
  { name: 'Settings', path: `${SETUP}/settings` },
  { name: 'Doctor', path: `${SETUP}/doctor` },
] as const

interface Props {
  project?: string | undefined
  here?: (typeof PAGES)[number]['name']
}

/** The pages of setting up, which are one room of the control room. */
export function SetupNav({ project, here }: Props) {
  const of = project === undefined ? '' : `?project=${encodeURIComponent(project)}`
  return (
    <nav aria-label="Setup" className="tabs mt-0">
      <ul>
        {PAGES.map(({ name, path }) => (
          <li key={name}>
            <Link prefetch={false} href={`${path}${of}`} aria-current={name === here ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
