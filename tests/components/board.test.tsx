import { expect, test } from 'vitest'
import { Board } from '../../components/board.tsx'
import { COLUMNS } from '../../components/columns.ts'
import { NoProject } from '../../components/emptyBoard.tsx'
import { rowOf } from '../../components/grouped.ts'
import { shown } from '../../components/shown.ts'
import { STATES } from '../../components/states.ts'
import { desk, html, words } from './markup.tsx'
import { hostileTold, SAMPLES } from './sample.ts'

const states = Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]
const board = (...told: (typeof SAMPLES)[keyof typeof SAMPLES][]) =>
  html(<Board rows={told.map((one) => rowOf(desk, one))} />)

test.each(states)('%s: the row says its state by icon and word, and all five cells say something', (state) => {
  const markup = board(SAMPLES[state])
  const { stage } = rowOf(desk, SAMPLES[state])
  const badge = /<span class="badge tone-\w+"><svg[^>]*aria-hidden="true"[^>]*>.*?<\/svg>([^<]+)<\/span>/.exec(markup)
  expect(badge?.[1]).toBe(STATES[stage.stage].word)
  const heads = [...markup.matchAll(/<span class="cell-head">(.*?)<\/span>/g)].map((match) => words(match[1] ?? ''))
  expect(heads).toHaveLength(COLUMNS.length)
  expect(heads.every((head) => head.length > 0)).toBe(true)
  expect(words(markup)).toContain(shown(stage.sentence))
})

test.each(states)('%s: exactly one cell is where the issue is now', (state) => {
  const markup = board(SAMPLES[state])
  expect(markup.match(/aria-current="step"/g)).toHaveLength(1)
  const here = /cell-here" aria-current="step"><span class="cell-noun">(\w+)</.exec(markup)?.[1]
  expect(here?.toLowerCase()).toBe(rowOf(desk, SAMPLES[state]).stage.noun)
})

test('the columns are the five nouns, each with who makes it', () => {
  const heads = words(/<ol class="columns"[^>]*>(.*?)<\/ol>/.exec(board(SAMPLES.cured))?.[1] ?? '')
  expect(heads).toBe(
    'Event by your app Issue by watcher Diagnosis by investigator Fix by implementer Release by releaser',
  )
})

test('what waits for you is above what is under way, and what is over is last', () => {
  const markup = words(board(SAMPLES.cured, SAMPLES.soaking, SAMPLES.held))
  const order = ['Waiting for you (1)', '#13', 'Under way (1)', '#6', 'Over (1)', '#9'].map((text) =>
    markup.indexOf(text),
  )
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order.every((at) => at >= 0)).toBe(true)
})

test('a row leads to its issue', () => {
  expect(board(SAMPLES.watching)).toContain('href="/dashboard/agent-control/issues/8"')
})

test('an empty board says what to do', () => {
  const markup = words(board())
  expect(markup).toContain('No issue has been noticed')
  expect(markup).toContain('point the error SDK of your app at the DSN')
  expect(words(html(<NoProject />))).toContain('Set up a project of your own')
})

test('hostile titles and routes stay text', () => {
  const markup = board(hostileTold)
  expect(markup).not.toMatch(/<script|<img/)
  expect(words(markup)).toContain(`<script>alert('x')</script>`)
})
