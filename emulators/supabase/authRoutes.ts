import type { AuthStore } from './authStore.ts'
import { type Answer, type AuthSession, type AuthUser, no } from './authTypes.ts'

export interface AuthCall {
  method: string
  /** After `/auth/v1`. */
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  bearer: string | null
}

type Route = (store: AuthStore, call: AuthCall) => Answer

const shown = ({ id, email, confirmedAt, metadata, providers, createdAt }: AuthUser): object => ({
  ...{
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email,
    phone: '',
    created_at: createdAt,
    updated_at: createdAt,
  },
  ...(confirmedAt ? { email_confirmed_at: confirmedAt, confirmed_at: confirmedAt } : {}),
  ...{ app_metadata: { provider: providers[0], providers }, user_metadata: metadata, is_anonymous: false },
  identities: providers.map((provider) => ({ provider, identity_id: id, id, user_id: id, identity_data: { email } })),
})

function opened(store: AuthStore, session: AuthSession): Answer {
  const life = store.nextLife ?? store.tokenLife
  store.nextLife = null
  const claims = store.claims(session, life)
  return {
    status: 200,
    json: {
      ...{ access_token: store.keys.signed(claims), token_type: 'bearer', expires_in: life },
      ...{
        expires_at: claims.exp,
        refresh_token: session.refresh.at(-1)!.token,
        user: shown(store.user(session.user)!),
      },
    },
  }
}

const emailOf = ({ body }: AuthCall): string =>
  String(body.email ?? '')
    .trim()
    .toLowerCase()
const redirectOf = ({ query }: AuthCall): string => query.get('redirect_to') ?? ''
const TOO_SOON = no(
  429,
  'over_email_send_rate_limit',
  'For security purposes, you can only request this after 60 seconds.',
)
const WRONG = no(400, 'invalid_credentials', 'Invalid login credentials')

const signup: Route = (store, call) => {
  const { password } = call.body
  if (typeof password !== 'string' || password.length < 8)
    return no(422, 'weak_password', 'Password should be at least 8 characters.')
  const known = store.byEmail(emailOf(call))
  // Nobody learns who has an account.
  if (known?.confirmedAt) return { status: 200, json: { ...shown(known), identities: [], id: crypto.randomUUID() } }
  const user = known ?? store.add(emailOf(call), password)
  user.password = password
  if (store.autoconfirm) {
    store.confirm(user)
    return opened(store, store.begin(user, 'password'))
  }
  return store.mail(user, redirectOf(call)) ? { status: 200, json: shown(user) } : TOO_SOON
}

const otp: Route = (store, call) => {
  let user = store.byEmail(emailOf(call))
  if (!user && call.body.create_user === false) return no(422, 'otp_disabled', 'Signups not allowed for otp')
  user ??= store.add(emailOf(call), null)
  // Whoever did not finish signing up begins again.
  if (!user.confirmedAt) user.password = null
  return store.mail(user, redirectOf(call)) ? { status: 200, json: {} } : TOO_SOON
}

const GRANTS: Record<string, Route> = {
  password(store, call) {
    const user = store.byEmail(emailOf(call))
    if (!user || user.password === null || user.password !== call.body.password) return WRONG
    if (!user.confirmedAt) return no(400, 'email_not_confirmed', 'Email not confirmed')
    return opened(store, store.begin(user, 'password'))
  },
  refresh_token(store, { body }) {
    const session = store.renewed(body.refresh_token)
    if (session === 'used') return no(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used')
    return session
      ? opened(store, session)
      : no(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found')
  },
  pkce(store, { body }) {
    const user = store.exchanged(body.auth_code, body.code_verifier)
    return user
      ? opened(store, store.begin(user, 'oauth'))
      : no(403, 'bad_code_verifier', 'code challenge does not match previously saved code verifier')
  },
}

const verify: Route = (store, { body }) => {
  const user = store.opened({ hash: body.token_hash, email: body.email, token: body.token })
  return user ? opened(store, store.begin(user, 'otp')) : no(403, 'otp_expired', 'Email link is invalid or has expired')
}

/** Whoever the token is of, as long as the session is. */
function holder(store: AuthStore, { bearer }: AuthCall): { user: AuthUser; session: AuthSession } | null {
  const claims = bearer === null ? null : store.keys.read(bearer, store.now() / 1000)
  const session = claims && store.sessions.find(({ id }) => id === claims.session_id)
  const user = session && store.user(session.user)
  return user ? { user, session } : null
}

const NOBODY = no(403, 'bad_jwt', 'invalid JWT: unable to parse or verify signature')

const user: Route = (store, call) => {
  const held = holder(store, call)
  if (!held) return NOBODY
  const { password, data } = call.body
  if (call.method === 'PUT') {
    if (typeof password === 'string') {
      if (password.length < 8) return no(422, 'weak_password', 'Password should be at least 8 characters.')
      held.user.password = password
    }
    Object.assign(held.user.metadata, data ?? {})
  }
  return { status: 200, json: shown(held.user) }
}

const logout: Route = (store, call) => {
  const held = holder(store, call)
  if (!held) return NOBODY
  const scope = call.query.get('scope') ?? 'global'
  store.end(({ id, user: of }) => {
    if (scope === 'local') return id === held.session.id
    return of === held.user.id && (scope === 'global' || id !== held.session.id)
  })
  return { status: 204 }
}

const settings: Route = (store) => ({
  status: 200,
  json: {
    ...{ external: { email: true, github: true, anonymous_users: false }, disable_signup: false },
    ...{ mailer_autoconfirm: store.autoconfirm, phone_autoconfirm: false, saml_enabled: false },
  },
})

export const ROUTES: Record<string, Route> = {
  'POST /signup': signup,
  'POST /otp': otp,
  'POST /verify': verify,
  'POST /token': (store, call) =>
    GRANTS[call.query.get('grant_type') ?? '']?.(store, call) ?? no(400, 'validation_failed', 'unsupported_grant_type'),
  'GET /user': user,
  'PUT /user': user,
  'POST /logout': logout,
  'GET /settings': settings,
}
