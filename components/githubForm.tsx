'use client'
import { useState } from 'react'
import { Ask } from './ask.tsx'

interface Props {
  /** Where the manifest goes for a person's own account, and for an organization's. */
  action: string
  ofOrganization: string
  manifest: string
}

/** Leaves for GitHub with the App's manifest; GitHub shows it once more, and asks. */
export function GithubForm({ action, ofOrganization, manifest }: Props) {
  const [organization, setOrganization] = useState('')
  const to = organization ? ofOrganization.replace('{organization}', encodeURIComponent(organization)) : action
  return (
    <form method="post" action={to} className="decision">
      <input type="hidden" name="manifest" aria-label="Manifest" value={manifest} />
      <Ask name="Organization" hint="Whose repository it is; left empty, the App is your own account’s.">
        {(field) => (
          <input
            {...field}
            value={organization}
            onChange={(event) => setOrganization(event.target.value.trim())}
            pattern="[A-Za-z0-9][A-Za-z0-9\-]{0,38}"
            autoComplete="off"
          />
        )}
      </Ask>
      <button type="submit" className="button button-main">
        Make the App at GitHub
      </button>
    </form>
  )
}
