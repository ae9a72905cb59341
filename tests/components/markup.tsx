import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime.js'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { May } from '../../components/may.ts'
import type { Told } from '../../components/strand.ts'
import { Tale } from '../../components/tale.tsx'
import { NOW, project } from './sampleIssue.ts'

/** An owner's rights, and those of somebody who only looks. */
export const MAY: May = {
  pause: true,
  resume: true,
  approve: true,
  reject: true,
  rollback: true,
  level: true,
  policy: true,
  invite: true,
  role: true,
}
export const LOOKS: May = {
  pause: false,
  resume: false,
  approve: false,
  reject: false,
  rollback: false,
  level: false,
  policy: false,
  invite: false,
  role: false,
}

export const desk = { project: project(), now: NOW }

/** Forms ask for a router, which only a browser has; here nothing is ever clicked. */
export const html = (node: ReactNode): string =>
  renderToStaticMarkup(<AppRouterContext value={ROUTER}>{node}</AppRouterContext>)

const ROUTER = new Proxy({} as AppRouterInstance, { get: () => () => undefined })

export const tale = (told: Told): string => html(<Tale told={told} desk={desk} />)

/** What a reader sees: tags out, entities back, spaces single. */
export function words(markup: string): string {
  const text = markup.replace(/<[^>]*>/g, ' ')
  const plain = text.replace(/&(lt|gt|quot|amp|#x27);/g, (_all, name: string) => ENTITIES[name] ?? '')
  return plain.replace(/\s+/g, ' ').trim()
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#x27': "'" }

/** The part of a page from one chapter's heading to the next. */
export function chapter(markup: string, id: string): string {
  const from = markup.indexOf(`<section aria-labelledby="${id}"`)
  if (from < 0) return ''
  const next = markup.indexOf('<section aria-labelledby=', from + 1)
  return words(markup.slice(from, next < 0 ? undefined : next))
}
