import { randomBytes } from 'node:crypto'
import type { GithubService } from './service.ts'
import { type Answer, type Call, no, ok, type Permissions } from './types.ts'

/** A manifest as it is posted; what the site does not know it refuses, as the real one does. */
interface Manifest {
  name: string
  url: string
  hook_attributes?: { url: string; active?: boolean }
  redirect_url: string
  setup_url?: string
  public?: boolean
  default_permissions: Permissions
  default_events: string[]
}

const HOUR = 3_600_000
const KNOWN =
  /^(contents|pull_requests|issues|actions|checks|statuses|deployments|metadata|merge_queues|administration|workflows|secrets)$/

/**
 * The pages a person meets: an App made from a manifest, and its installation. Whoever is signed in there is `ada`. What it
 * leaves out: organizations, editing the manifest, and choosing repositories, which are all of those that are hosted.
 */
export class Site {
  private readonly service: GithubService
  private readonly codes = new Map<string, { manifest: Manifest; at: number }>()
  private made: Manifest | null = null
  /** Conversions, to be counted. */
  conversions = 0

  constructor(service: GithubService) {
    this.service = service
  }

  /** Null: this is no page of the site. */
  answer(call: Call): Answer | null {
    const { method, path } = call
    const at = path.join('/')
    if (method === 'POST' && at === 'settings/apps/new') return this.consent(call)
    if (method === 'POST' && at === 'settings/apps') return this.create(call)
    if (method === 'POST' && path[0] === 'app-manifests' && path[2] === 'conversions')
      return this.convert(path[1] ?? '')
    if (path[0] === 'apps' && path[2] === 'installations')
      return method === 'GET' ? this.choose(call) : this.install(call)
    return null
  }

  private consent({ body, query }: Call): Answer {
    const problem = problemOf(body.manifest)
    if (problem) return page(`<h1>Invalid manifest</h1><p>${problem}</p>`, 422)
    const { name, default_permissions: asked } = JSON.parse(String(body.manifest)) as Manifest
    const list = Object.entries(asked).map(([one, access]) => `<li>${one}: ${access}</li>`)
    return page(`<h1>Create GitHub App</h1><p>${escaped(name)}</p><ul>${list.join('')}</ul>
      <form method="post" action="/settings/apps"><input type="hidden" name="manifest" value="${escaped(String(body.manifest))}">
      <input type="hidden" name="state" value="${escaped(query.get('state') ?? '')}"><button>Create GitHub App for ada</button></form>`)
  }

  private create({ body }: Call): Answer {
    const manifest = JSON.parse(String(body.manifest)) as Manifest
    const code = randomBytes(20).toString('hex')
    this.codes.set(code, { manifest, at: this.service.date().getTime() })
    return leads(manifest.redirect_url, { code, state: String(body.state ?? '') })
  }

  /** `POST /app-manifests/{code}/conversions`: once, within an hour, without a login. */
  private convert(code: string): Answer {
    const known = this.codes.get(code)
    this.codes.delete(code)
    if (!known || this.service.date().getTime() - known.at > HOUR) return no(404, 'Not Found')
    const { manifest } = known
    const { tokens, hooks } = this.service
    const secret = randomBytes(20).toString('hex')
    this.made = manifest
    this.conversions += 1
    Object.assign(tokens, { slug: slugOf(manifest.name), permissions: manifest.default_permissions })
    if (manifest.hook_attributes?.active !== false && manifest.hook_attributes)
      hooks.subscribe(manifest.hook_attributes.url, secret)
    return ok(
      {
        ...{
          id: tokens.appId,
          slug: tokens.slug,
          name: manifest.name,
          owner: { login: 'ada' },
          pem: tokens.privateKey,
        },
        ...{
          client_id: 'Iv1.0123456789abcdef',
          client_secret: randomBytes(20).toString('hex'),
          webhook_secret: secret,
        },
        ...{ html_url: `https://github.com/apps/${tokens.slug}`, permissions: manifest.default_permissions },
        events: manifest.default_events,
      },
      201,
    )
  }

  private choose({ path, query }: Call): Answer {
    if (path[1] !== this.service.tokens.slug) return page('<h1>404</h1>', 404)
    return page(`<h1>Install ${escaped(path[1])}</h1><form method="post"
      action="/apps/${path[1]}/installations/new?state=${encodeURIComponent(query.get('state') ?? '')}"><button>Install</button></form>`)
  }

  private install({ query }: Call): Answer {
    const { tokens, repos } = this.service
    const names = [...repos.keys()]
    const { id } = tokens.install(names[0]?.split('/')[0] ?? 'ada', names, tokens.permissions)
    const more = { installation_id: String(id), setup_action: 'install', state: query.get('state') ?? '' }
    return this.made?.setup_url ? leads(this.made.setup_url, more) : page('<h1>Installed</h1>')
  }
}

function problemOf(text: unknown): string | null {
  try {
    const {
      name,
      url,
      redirect_url: back,
      default_permissions: asked,
      hook_attributes: hook,
    } = JSON.parse(String(text))
    if (!name || name.length > 34) return 'Name is too long or missing'
    if (!URL.canParse(url) || !URL.canParse(back)) return 'url and redirect_url are needed'
    if (Object.keys(asked ?? {}).some((one) => !KNOWN.test(one)))
      return 'Default permission records resource is not included in the list'
    return hook && /^https?:\/\/(localhost|127\.)/.test(hook.url)
      ? 'Hook url is not supported because it isn’t reachable over the public Internet'
      : null
  } catch {
    return 'Problems parsing JSON'
  }
}

const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')

const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)

const page = (html: string, status = 200): Answer => ({
  status,
  bytes: Buffer.from(`<!doctype html><meta charset="utf-8"><title>GitHub, emulated</title>${html}`),
  headers: { 'content-type': 'text/html; charset=utf-8' },
})

function leads(to: string, query: Record<string, string>): Answer {
  const address = new URL(to)
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  return { status: 302, headers: { location: address.href } }
}
