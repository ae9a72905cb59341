'use client'
import { useActionState } from 'react'
import { Ask } from './ask.tsx'

/** What came of the last try; null before the first. */
export type Entry = { tone: 'good' | 'bad'; words: string } | null
export type Enter = (was: Entry, form: FormData) => Promise<Entry>

/** E-mail with a password, or with a link that is sent there. */
export function AccountForm({ action, next, problem }: { action: Enter; next: string; problem: string | null }) {
  const [entry, submit, pending] = useActionState<Entry, FormData>(
    action,
    problem === null ? null : { tone: 'bad', words: problem },
  )
  return (
    <form action={submit} className="mt-6 space-y-4">
      <input type="hidden" name="next" value={next} />
      <Ask name="E-mail">
        {(field) => <input {...field} name="email" type="email" autoComplete="username" maxLength={254} required />}
      </Ask>
      <Ask name="Password" hint="The first time, and whenever you have none, leave it empty and take the link.">
        {(field) => <input {...field} name="password" type="password" autoComplete="current-password" maxLength={72} />}
      </Ask>
      <Told entry={entry} />
      <div className="flex flex-wrap gap-3">
        <button type="submit" name="way" value="password" className="button button-main" disabled={pending}>
          {pending ? 'A moment…' : 'Sign in'}
        </button>
        <button type="submit" name="way" value="link" className="button" disabled={pending}>
          E-mail me a link
        </button>
      </div>
    </form>
  )
}

/** The other end of such a link. Pressed by a person, so that a program that looks at mails uses nothing up. */
export function LinkForm({ action, tokenHash, kind }: { action: Enter; tokenHash: string; kind: string }) {
  const [entry, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} className="mt-6 space-y-4">
      <input type="hidden" name="token_hash" value={tokenHash} />
      <input type="hidden" name="type" value={kind} />
      <Told entry={entry} />
      <button type="submit" className="button button-main" disabled={pending}>
        {pending ? 'A moment…' : 'Sign in'}
      </button>
    </form>
  )
}

export function PasswordForm({ action }: { action: Enter }) {
  const [entry, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} className="mt-4 max-w-md space-y-4">
      <Ask name="New password" hint="At least 12 characters.">
        {(field) => (
          <input
            {...field}
            name="chosen"
            type="password"
            autoComplete="new-password"
            minLength={12}
            maxLength={72}
            required
          />
        )}
      </Ask>
      <Told entry={entry} />
      <button type="submit" className="button" disabled={pending}>
        {pending ? 'A moment…' : 'Choose it'}
      </button>
    </form>
  )
}

function Told({ entry }: { entry: Entry }) {
  return (
    <p role="status" className={`min-h-6 ${entry ? `tone-${entry.tone}` : ''}`}>
      {entry?.words}
    </p>
  )
}
