import { expect, test } from 'vitest'
import { blocksProblem, linksOf, type SlackBlock } from '../../../emulators/slackBlocks.ts'
import { closedContent, contentOf } from '../../../lib/adapters/slack/blocks.ts'
import { isSlacks } from '../../../lib/adapters/slack/chat.ts'
import { cut, escaped } from '../../../lib/adapters/slack/text.ts'
import type { Notice } from '../../../lib/domain/notice.ts'

const PAGES = 'https://night.example'
const notice = (title: string, body: string): Notice => ({
  ...{
    kind: 'approval-wanted',
    issue: 7,
    severity: 'P1',
    fix: '0123456789ab',
    tree: 'a'.repeat(40),
    target: 'staging',
  },
  ...{ policyVersion: 1, key: 'k', title, body, link: '/dashboard/agent-control/issues/7' },
})

/** As they come out at Slack. */
const sent = (blocks: object[]) => JSON.parse(JSON.stringify(blocks)) as SlackBlock[]

const HOSTILE = [
  '<!channel> everything is fine',
  '<@U0ADA> <#C0NIGHT01> <!subteam^S1>',
  '<https://evil.example|Approve here>',
  'see https://evil.example/approve and http://evil.example',
  '@here @channel @everyone',
  '&lt;!channel&gt; &amp;',
  '*bold* _it_ ~no~ `code` ```block```\n> quoted',
  '\u202Eevorppa\u202C \u0000 \u001b[31mred\u001b[0m \ud800',
  '😀'.repeat(4000),
  '&'.repeat(9000),
  'x'.repeat(100_000),
  '',
]

test.each(HOSTILE)('number %#: Slack takes it, and the only address is our page', (text) => {
  for (const { text: fallback, blocks } of [
    contentOf(notice(text, text), PAGES),
    closedContent(notice(text, text), text, PAGES),
  ]) {
    expect(blocksProblem(sent(blocks))).toBeNull()
    expect(linksOf(sent(blocks))).toEqual(['https://night.example/dashboard/agent-control/issues/7'])
    expect(fallback).not.toMatch(/[<>]/)
    expect(fallback.length).toBeLessThanOrEqual(3000)
    // A half of a pair of surrogates would be written as an escape.
    expect(JSON.stringify(blocks)).not.toMatch(/\\ud[89a-f]/)
  }
})

test.each(HOSTILE)('number %#: in a hand-over too, where words are laid out part by part', (text) => {
  const lines = Array.from({ length: 17 }, () => ({ text, issue: 7 }))
  const parts = [
    { title: text, lines },
    { title: 'Cured (1)', lines },
  ]
  const told: Notice = {
    ...{ kind: 'hand-over', period: '2026-11-30', parts, key: 'k', title: text, body: text },
    link: '/dashboard/agent-control/report',
  }
  const { blocks, text: fallback } = contentOf(told, PAGES)
  expect(blocksProblem(sent(blocks))).toBeNull()
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'actions'])
  expect(linksOf(sent(blocks))).toEqual(['https://night.example/dashboard/agent-control/report'])
  expect(fallback).not.toMatch(/[<>]/)
  expect(JSON.stringify(blocks)).not.toMatch(/\\ud[89a-f]|\\u00(?:0|1[0-9a-f])/)
})

test('a hand-over without parts is its words', () => {
  const quiet: Notice = {
    ...{ kind: 'hand-over', period: '2026-11-30', parts: [], key: 'k', title: 't', body: 'A quiet night.' },
    link: '/',
  }
  expect(JSON.stringify(contentOf(quiet, PAGES).blocks)).toContain('A quiet night.')
})

test.each([
  ['a<b>&c', 100, 'a&lt;b&gt;&amp;c'],
  ['abc', 4, 'abc'],
  ['abcd', 4, 'abc…'],
  // An escape is left out whole.
  ['ab&', 5, 'ab…'],
  ['😀😀😀', 4, '😀…'],
  ['', 5, '–'],
])('%j in %i is %j', (text, most, shown) => {
  expect(escaped(text, most)).toBe(shown)
})

test('a text without markup is cut between characters', () => {
  expect(cut('abcd', 4)).toBe('abcd')
  expect(cut('abcde', 4)).toBe('abc…')
  expect(cut('ab😀e', 4)).toBe('ab…')
})

test.each<[string, boolean]>([
  ['https://hooks.slack.com/actions/T/1/x', true],
  ['http://127.0.0.1:9/hooks/1', true],
  ['http://hooks.slack.com/actions', false],
  ['https://hooks.slack.com.evil.example/', false],
  ['https://hooks.slack.com:8443/', false],
  ['https://ada@hooks.slack.com/', false],
  ['https://evil.example/hooks.slack.com', false],
  ['http://127.0.0.1:10/', false],
  ['file:///etc/passwd', false],
  ['', false],
])('an answer goes to %s: %s', (to, may) => {
  expect(isSlacks(to, 'http://127.0.0.1:9/api/')).toBe(may)
})
