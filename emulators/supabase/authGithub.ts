import { randomUUID } from 'node:crypto'
import type { AuthStore } from './authStore.ts'
import { type Answer, no } from './authTypes.ts'

interface Asked {
  redirectTo: string
  challenge: string
  method: string
}

/** The way through GitHub and back: the service's door, a consent page as GitHub has one, and the service again. */
export class GithubWay {
  private readonly asked = new Map<string, Asked>()
  private readonly store: AuthStore
  private readonly allowed: () => string[]

  constructor(store: AuthStore, allowed: () => string[]) {
    this.store = store
    this.allowed = allowed
  }

  authorize(query: URLSearchParams): Answer {
    if (query.get('provider') !== 'github')
      return no(400, 'validation_failed', 'Unsupported provider: provider is not enabled')
    const wanted = query.get('redirect_to') ?? ''
    // Where it may not go it goes to the site.
    const redirectTo = this.allowed().includes(wanted) ? wanted : (this.allowed()[0] ?? '')
    const state = randomUUID()
    const challenge = query.get('code_challenge') ?? ''
    this.asked.set(state, { redirectTo, challenge, method: query.get('code_challenge_method') ?? 's256' })
    return { status: 302, headers: { location: `/github/login/oauth/authorize?state=${state}` } }
  }

  /** Whoever is signed in to GitHub here says yes or no. */
  consent(query: URLSearchParams): Answer {
    const state = encodeURIComponent(query.get('state') ?? '')
    const choices = this.store.github.map(
      ({ login }) =>
        `<p><a href="/auth/v1/callback?state=${state}&code=${encodeURIComponent(login)}">Authorize as ${login}</a></p>`,
    )
    const cancel = `<p><a href="/auth/v1/callback?state=${state}&error=access_denied">Cancel</a></p>`
    return {
      status: 200,
      html: `<!doctype html><title>GitHub</title><h1>Authorize Nightshift</h1>${choices.join('')}${cancel}`,
    }
  }

  callback(query: URLSearchParams): Answer {
    const asked = this.asked.get(query.get('state') ?? '')
    if (!asked) return no(400, 'bad_oauth_state', 'OAuth state is invalid')
    this.asked.delete(query.get('state') ?? '')
    const back = (more: Record<string, string>): Answer => {
      const url = new URL(asked.redirectTo)
      for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value)
      return { status: 302, headers: { location: url.href } }
    }
    const who = this.store.github.find(({ login }) => login === query.get('code'))
    if (!who) return back({ error: 'access_denied', error_description: 'The user has denied your application access.' })
    const email = who.email.toLowerCase()
    const known = this.store.byEmail(email)
    if (!who.verified) {
      this.store.mail(known ?? this.store.add(email, null, { providers: ['github'] }), asked.redirectTo)
      return back({ error: 'access_denied', error_code: 'provider_email_needs_verification' })
    }
    const user = known ?? this.store.add(email, null, { providers: ['github'] })
    if (!user.providers.includes('github')) user.providers.push('github')
    // What nobody had verified was anybody's.
    if (!user.confirmedAt) user.password = null
    Object.assign(user.metadata, { user_name: who.login })
    this.store.confirm(user)
    return back({ code: this.store.code(user, asked.challenge, asked.method) })
  }
}
