'use client'
import { useActionState } from 'react'

/** Why the last try was refused; null before the first. */
export type SignInAnswer = { problem: string } | null

interface Props {
  action: (was: SignInAnswer, form: FormData) => Promise<SignInAnswer>
  /** Where they were going. */
  next?: string
}

export function SignInForm({ action, next = '' }: Props) {
  const [answer, submit, pending] = useActionState(action, null)
  return (
    <form action={submit} className="mt-6 space-y-4">
      <input type="hidden" name="next" value={next} />
      <div>
        <label htmlFor="password" className="block font-semibold">
          Owner password
        </label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-describedby="problem"
          aria-invalid={answer ? true : undefined}
          className="field"
        />
      </div>
      <p id="problem" role="status" className="tone-bad min-h-6">
        {answer?.problem}
      </p>
      <button type="submit" className="button button-main" disabled={pending}>
        {pending ? 'Checking…' : 'Sign in'}
      </button>
    </form>
  )
}
