import { createHash } from 'node:crypto'

const PAGE = /^\/simple\/([A-Za-z0-9][A-Za-z0-9._-]*)\/$/
const FILE = /^\/simple-files\/([0-9a-f]{32})\/[\w.+!-]+$/
const HREF = /(<a\s[^>]*?href=)(?:"([^"]*)"|'([^']*)')/gi

export const PAGE_KINDS = 'application/vnd.pypi.simple.v1+html, text/html;q=0.5'

/** The page of a project, by its normalised name (PEP 503); null when the path is none. */
export function pageOf(base: URL, path: string): URL | null {
  const name = PAGE.exec(path)?.[1]
  if (name === undefined) return null
  const folder = base.href.endsWith('/') ? base.href : `${base.href}/`
  return new URL(`${name.toLowerCase().replace(/[-_.]+/g, '-')}/`, folder)
}

const plainText = (text: string) => text.replaceAll('&amp;', '&')

/**
 * Files of an index may lie on any host it names. The guest is shown addresses of ours instead, and only files that a
 * page has named in this install are fetched: the guest chooses among them and nothing else.
 */
export function pythonFiles() {
  const known = new Map<string, URL>()
  return {
    /** A page with its links led through us. The fragment, which holds the file's sum, stays. */
    page(html: string, at: URL): string {
      return html.replace(HREF, (whole, before: string, double?: string, single?: string) => {
        const target = URL.parse(plainText(double ?? single ?? ''), at)
        if (!target || !/^https?:$/.test(target.protocol)) return whole
        const { hash } = target
        const name = target.pathname.split('/').at(-1) ?? ''
        target.hash = ''
        const token = createHash('sha256').update(target.href).digest('hex').slice(0, 32)
        known.set(`${token}/${name}`, target)
        return `${before}"/simple-files/${token}/${name}${hash}"`
      })
    },
    /** The address behind one of ours, or of its metadata (PEP 658); null for any other. */
    fileOf(path: string): URL | null {
      if (!FILE.test(path)) return null
      const place = path.slice('/simple-files/'.length)
      const file = known.get(place)
      if (file) return file
      const owner = place.endsWith('.metadata') ? known.get(place.slice(0, -'.metadata'.length)) : undefined
      return owner ? new URL(`${owner.href}.metadata`) : null
    },
  }
}
