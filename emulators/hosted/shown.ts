import type { EmulatedGithub } from '../github/server.ts'
import type { Repo, Thread } from '../github/types.ts'
import type { EmulatedSendGrid } from '../sendgrid.ts'
import type { EmulatedSentry } from '../sentry.ts'
import type { EmulatedSlack } from '../slack.ts'
import { buttonsOf } from '../slackBlocks.ts'
import type { SlackMessage } from '../slackWorkspace.ts'
import type { EmulatedSupabase } from '../supabase/management.ts'
import type { EmulatedVercel } from '../vercel/start.ts'
import type { EmulatedSandboxes } from '../vercelSandbox.ts'

/** What people would see at each service, as one page of plain markup. All text in it is escaped. */

/** What is looked at. */
export interface Seen {
  github: EmulatedGithub
  repo: Repo
  vercel: EmulatedVercel
  sentry: EmulatedSentry
  slack: EmulatedSlack
  mail: EmulatedSendGrid
  supabase: EmulatedSupabase
  machines: EmulatedSandboxes | null
  /** Mails with links to sign in, newest last: `to: address`. */
  links: string[]
}

/** Newest of each list. */
const MOST = 40

export function page(accounts: Seen): string {
  const { github, repo, vercel, sentry, slack, mail, supabase, machines, links } = accounts
  const newest = <T>(list: readonly T[]) => [...list].reverse().slice(0, MOST)
  const pulls = newest(repo.threads).map((thread) =>
    line(
      `#${thread.number}`,
      thread.title,
      thread.pull ? `${thread.pull.head} into ${thread.pull.base}` : 'an issue',
      stateOf(thread),
    ),
  )
  const builds = newest(vercel.store.state.deployments).map(({ id, sha, target, readyState, readySubstate }) =>
    line(id.slice(0, 12), sha.slice(0, 7), target ?? 'preview', readyState, readySubstate ?? ''),
  )
  const issues = newest(sentry.store.issues).map(({ shortId, title, status, events }) =>
    line(shortId, title, status, `${events.length} events`),
  )
  const mails = newest(mail.mails).map(({ to, subject, content }) =>
    details(`${to}: ${subject}`, content.find(({ type }) => type === 'text/plain')?.value ?? ''),
  )
  const signIns = newest(links).map((link) => {
    const [to = '', address = ''] = link.split(/: (.*)/s)
    return `<p>${escaped(to)}: <a href="${escaped(address)}">sign in</a></p>`
  })
  const messages = newest(slack.workspace.messages).map(message)
  const counted = [
    ...[`${github.calls.length} calls to GitHub`, `${vercel.log.length} to Vercel`, `${sentry.log.length} to Sentry`],
    ...[`${slack.calls.length} to Slack`, `${supabase.log.length} to Supabase`],
    ...(machines ? [`${machines.service.made} machines for sandboxes`] : []),
  ].join(', ')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The other side</title><style>
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
pre{white-space:pre-wrap}li,article{overflow-wrap:anywhere}article{border:1px solid #8886;border-radius:6px;padding:.5rem 1rem;margin:.5rem 0}
article.thread{margin-left:2rem}form{display:inline}</style>
<h1>The other side</h1><p>What the emulated services have been told. ${counted}.</p>
${section('Slack', messages)}${section('GitHub', pulls)}${section('Vercel', builds)}${section('Sentry', issues)}${section('Mail', mails)}${section('Mail of Supabase', signIns)}`
}

export const escaped = (text: unknown): string => String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const line = (...parts: unknown[]): string => `<p>${parts.map(escaped).join(' · ')}</p>`
const details = (title: string, text: string): string =>
  `<details><summary>${escaped(title)}</summary><pre>${escaped(text)}</pre></details>`
const section = (title: string, parts: string[]): string =>
  `<h2>${escaped(title)}</h2>${parts.join('\n') || '<p>Nothing yet.</p>'}\n`

function message({ ts, text, blocks, thread }: SlackMessage): string {
  const words = blocks.flatMap((block) => [block.text, ...(block.fields ?? []), ...(block.elements ?? [])])
  const shown = words.flatMap((part) => (typeof part?.text === 'string' ? [part.text] : []))
  const buttons = buttonsOf(blocks).map(({ action_id, url }) =>
    url
      ? `<a href="${escaped(url)}">${escaped(action_id)}</a>`
      : `<form method="post" action="/press"><input type="hidden" name="ts" value="${escaped(ts)}">` +
        `<button name="action" value="${escaped(action_id)}">${escaped(action_id)}</button></form>`,
  )
  const lines = shown.length > 0 ? shown : [text]
  return `<article class="${thread ? 'thread' : ''}"><pre>${lines.map(escaped).join('\n')}</pre>${buttons.join(' ')}</article>`
}

function stateOf({ pull, state }: Thread): string {
  if (pull?.merged) return 'merged'
  return pull?.draft ? `${state}, a draft` : state
}
